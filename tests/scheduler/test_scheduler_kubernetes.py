"""The manifests checked with the schema of Kubernetes, and rules that the schema does not have."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
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


@pytest.fixture
def start(file, tmp_path):
    """Returns a function that runs the init container's command in a real shell and returns the profile for the run."""
    *_rest, cron = yaml.safe_load_all(file.read_text())
    (init,) = cron["spec"]["jobTemplate"]["spec"]["template"]["spec"]["initContainers"]
    places = {f"/{name}": tmp_path / name for name in ("data", "settings", "alarm")}
    for place in places.values():
        place.mkdir()

    def begin(settings: str, alarm: str | None = None) -> Path:
        (places["/settings"] / "profile.toml").write_text(settings)
        told = places["/alarm"] / "alarm.toml"
        told.unlink(missing_ok=True)
        if alarm is not None:
            told.write_text(alarm)
        words = [str(places.get(word, word)) for word in init["command"]]
        subprocess.run(words, check=True)
        (profile,) = [places["/data"] / "profiles" / word for word in words if word.endswith(".toml")]
        return profile

    return begin


def test_what_a_run_pinned_stays_until_the_settings_say_otherwise(start):
    profile = start('client_id = "x"\n')
    assert profile.read_text() == 'client_id = "x"\n'
    assert profile.stat().st_mode & 0o077 == 0
    pinned = 'selective_key = "dynamic_1"\nclient_id = "x"\n'
    profile.write_text(pinned)
    assert start('client_id = "x"\n').read_text() == pinned
    assert start('client_id = "y"\n').read_text() == 'selective_key = "dynamic_1"\nclient_id = "y"\n'
    chosen = 'selective_key = "dynamic_2"\n'
    assert start(chosen).read_text() == chosen


def test_a_changed_config_map_and_a_changed_secret_take_effect_with_the_next_run(start):
    profile = start('client_id = "x"\n[policy]\nsend_zero = true', '[alarm]\nwebhook = "https://one.example"\n')
    parsed = tomllib.loads(profile.read_text())
    assert parsed == {"client_id": "x", "policy": {"send_zero": True}, "alarm": {"webhook": "https://one.example"}}
    told = '[alarm]\nwebhook = "https://two.example"\n'
    parsed = tomllib.loads(start('client_id = "x"\n', told).read_text())
    assert parsed == {"client_id": "x", "alarm": {"webhook": "https://two.example"}}
    assert tomllib.loads(start('client_id = "x"\n').read_text()) == {"client_id": "x"}


def test_it_reads_as_somebody_would_write_it(file):
    text = file.read_text()
    assert "profile.toml: |" in text
    assert "&id" not in text


def test_times_that_one_expression_cannot_say_are_refused():
    with pytest.raises(NotReady):
        Kubernetes().files(job(cadence=cadence("06:30,20:45", "UTC")))


def test_the_image_is_the_one_that_the_manifest_means(file):
    """Compares user, home and interpreter.

    The manifest has the whole command, so the image's entry point adds nothing.
    """
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
