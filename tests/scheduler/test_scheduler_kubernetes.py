"""The manifests against the schema of Kubernetes, and against what the schema does not say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from zoneinfo import available_timezones

import pytest
import yaml
from jobs import job

from alleo_onboard.domain.cadence import cadence
from alleo_onboard.domain.errors import NotReady
from alleo_onboard.domain.schedule import Way
from alleo_onboard.scheduler.kubernetes import Kubernetes


@pytest.fixture
def file(tmp_path) -> Path:
    one = job(
        way=Way.KUBERNETES_SECRET,
        cadence=cadence("06:30,20:30", "Europe/Amsterdam"),
        environment=(),
        secrets=("PERSONIO_CLIENT_SECRET", "ALLEO_SCIM_TOKEN", "ALLEO_CLIENT_SECRET"),
    )
    (found,) = Kubernetes({one.profile: 'client_id = "x"\n'}).files(one)
    path = tmp_path / found.place
    path.write_bytes(found.content)
    return path


def test_the_schema_accepts_every_key(file):
    pytest.importorskip("kubernetes_validate")
    words = [sys.executable, "-m", "kubernetes_validate", "--strict", str(file)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_schema_does_not_check(file):
    settings, volume, cron = yaml.safe_load_all(file.read_text())
    spec = cron["spec"]
    assert spec["schedule"] == "30 6,20 * * *"
    assert spec["timeZone"] in available_timezones()
    assert spec["concurrencyPolicy"] == "Forbid"
    assert spec["startingDeadlineSeconds"] > 60
    pod = spec["jobTemplate"]["spec"]["template"]["spec"]
    assert pod["restartPolicy"] == "Never"
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault"
    for container in [*pod["containers"], *pod["initContainers"]]:
        inner = container["securityContext"]
        assert (inner["allowPrivilegeEscalation"], inner["readOnlyRootFilesystem"]) == (False, True)
        assert inner["capabilities"] == {"drop": ["ALL"]}
    names = {part["metadata"]["name"] for part in (settings, volume, cron)}
    assert len(names) == 1
    assert all(len(name) <= 52 and re.fullmatch(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?", name) for name in names)
    volumes = {v["name"] for v in pod["volumes"]}
    assert {m["name"] for c in pod["containers"] for m in c["volumeMounts"]} == volumes


def test_the_secret_is_named_and_never_held(file):
    *_rest, cron = yaml.safe_load_all(file.read_text())
    (container,) = cron["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    held = {e["name"]: e["valueFrom"]["secretKeyRef"]["name"] for e in container["env"] if "valueFrom" in e}
    assert set(held) == {"PERSONIO_CLIENT_SECRET", "ALLEO_SCIM_TOKEN", "ALLEO_CLIENT_SECRET"}
    assert set(held.values()) == {cron["metadata"]["name"]}
    assert f"kubectl create secret generic {cron['metadata']['name']}" in file.read_text()
    assert container["command"][0] == "python"
    assert container["command"][-1] == "--scheduled"


def test_the_settings_are_copied_once_and_stay_the_runs_own(file, tmp_path):
    """The init container's own words, run by a real shell."""
    settings, _volume, cron = yaml.safe_load_all(file.read_text())
    (init,) = cron["spec"]["jobTemplate"]["spec"]["template"]["spec"]["initContainers"]
    mounted, data = tmp_path / "settings", tmp_path / "data"
    mounted.mkdir()
    data.mkdir()
    (mounted / "profile.toml").write_text(settings["data"]["profile.toml"])
    words = [str(data) if w == "/data" else str(mounted) if w == "/settings" else w for w in init["command"]]
    (copied,) = [data / "profiles" / w for w in words if w.endswith(".toml")]
    for text in ('client_id = "x"\n', "pinned = 1\n"):
        subprocess.run(words, check=True)
        assert copied.read_text() == text
        copied.write_text("pinned = 1\n")
    assert copied.stat().st_mode & 0o077 == 0


def test_it_reads_as_somebody_would_write_it(file):
    text = file.read_text()
    assert "profile.toml: |" in text
    assert "&id" not in text


def test_times_that_one_expression_cannot_say_are_refused():
    with pytest.raises(NotReady):
        Kubernetes().files(job(cadence=cadence("06:30,20:45", "UTC")))


def test_the_image_is_the_one_that_the_manifest_means(file):
    """Its user, its home, its interpreter; the manifest names the whole command, so none is the image's to add."""
    text = (Path(__file__).parents[2] / "deploy" / "Containerfile").read_text()
    *_rest, cron = yaml.safe_load_all(file.read_text())
    pod = cron["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    context, (container,) = pod["securityContext"], pod["containers"]
    assert f"USER {context['runAsUser']}:{context['runAsGroup']}\n" in text
    (home,) = [e["value"] for e in container["env"] if e["name"] == "ALLEO_ONBOARD_HOME"]
    assert f"ENV ALLEO_ONBOARD_HOME={home}\n" in text
    assert home in [m["mountPath"] for m in container["volumeMounts"]]
    entry = json.loads(text.partition("ENTRYPOINT ")[2])
    assert entry == [word for word in container["command"] if word != "-P"][: len(entry)]
    copied = re.findall(r"^COPY (.*) /src", text, re.MULTILINE)
    assert all((Path(__file__).parents[2] / name).exists() for line in copied for name in line.split())
