"""Kubernetes: the manifests of one profile's CronJob, to be applied by the cluster's administrator.

The image is built with deploy/Containerfile. Ledger and profile are stored on a volume, because one-off budgets must
never be sent twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alleo_onboard.domain.errors import NotReady
from alleo_onboard.domain.schedule import Using
from alleo_onboard.locale import _
from alleo_onboard.scheduler.job import File, Job

IMAGE = "alleo-onboard:latest"
HOME = "/data"
_USER = 10001
_SETTINGS = "/settings"
_ALARM = "/alarm"
# A shell script of the init container. It copies the settings to where runs may write the pinned Alleo field. Settings
# changed in the cluster apply from the next run; the pinned field is kept. The alarm settings come from the Secret.
_COPY = """set -eu; umask 077; mkdir -p "$1/profiles"; to="$1/profiles/$2"
cat "$3/profile.toml" >"$to.now"
if [ -e "$4/alarm.toml" ]; then echo >>"$to.now"; cat "$4/alarm.toml" >>"$to.now"; fi
if ! cmp -s "$to.now" "$to.given"; then
  pinned=
  if [ -e "$to" ] && ! grep -q '^selective_key' "$to.now"; then pinned=$(grep '^selective_key' "$to" || true); fi
  { if [ -n "$pinned" ]; then echo "$pinned"; fi; cat "$to.now"; } >"$to.next"; mv "$to.next" "$to"
fi; mv "$to.now" "$to.given"
"""


class Kubernetes:
    """Prints manifests; applies nothing. `settings` maps profile names to TOML text."""

    using = Using.KUBERNETES
    knows_zones = True

    def __init__(self, settings: Mapping[str, str] | None = None, image: str = IMAGE) -> None:
        self.settings, self.image = settings or {}, image

    def obstacle(self) -> str:
        return _("Manifests are not applied from here: use --print or --out, then kubectl apply.")

    def files(self, job: Job) -> tuple[File, ...]:
        return (File(f"{job.id}.yaml", (_head(job) + _yaml(self.manifests(job))).encode()),)

    def manifests(self, job: Job) -> list[dict[str, Any]]:
        """Returns ConfigMap, PersistentVolumeClaim and CronJob."""
        labels = {"app.kubernetes.io/name": "alleo-onboard", "app.kubernetes.io/instance": job.id}
        settings = {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": job.id, "labels": labels},
            "data": {"profile.toml": self.settings.get(job.profile, "")},
        }
        volume = {
            "apiVersion": "v1",
            "kind": "PersistentVolumeClaim",
            "metadata": {"name": job.id, "labels": labels},
            "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
        }
        return [settings, volume, self._cron_job(job, labels)]

    def _cron_job(self, job: Job, labels: dict[str, str]) -> dict[str, Any]:
        pod = {
            "restartPolicy": "Never",
            "automountServiceAccountToken": False,
            "securityContext": {
                "runAsNonRoot": True,
                "runAsUser": _USER,
                "runAsGroup": _USER,
                "fsGroup": _USER,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "initContainers": [self._container("settings", ["sh", "-c", _COPY, "sh", HOME, *_copied(job)], [])],
            "containers": [self._container("sync", _command(job), _environment(job))],
            "volumes": [
                {"name": "data", "persistentVolumeClaim": {"claimName": job.id}},
                {"name": "settings", "configMap": {"name": job.id}},
                {"name": "alarm", "secret": {"secretName": job.id, "optional": True, "items": [_ALARM_ITEM]}},
                {"name": "tmp", "emptyDir": {"sizeLimit": "64Mi"}},
            ],
        }
        return {
            "apiVersion": "batch/v1",
            "kind": "CronJob",
            "metadata": {"name": job.id, "labels": labels},
            "spec": {
                "schedule": schedule(job),
                "timeZone": job.cadence.zone,
                "concurrencyPolicy": "Forbid",
                "startingDeadlineSeconds": 3600,
                "successfulJobsHistoryLimit": 3,
                "failedJobsHistoryLimit": 3,
                "jobTemplate": {
                    "spec": {
                        "backoffLimit": 0,  # the run itself retries what can be retried
                        "activeDeadlineSeconds": 4 * 3600,
                        "template": {"metadata": {"labels": labels}, "spec": pod},
                    }
                },
            },
        }

    def _container(self, name: str, command: list[str], environment: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "name": name,
            "image": self.image,
            "command": command,
            "env": [{"name": "ALLEO_ONBOARD_HOME", "value": HOME}, *environment],
            "securityContext": {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            },
            "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "512Mi"}},
            "volumeMounts": [
                {"name": "data", "mountPath": HOME},
                {"name": "settings", "mountPath": _SETTINGS, "readOnly": True},
                {"name": "alarm", "mountPath": _ALARM, "readOnly": True},
                {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108 - a volume of the pod's own
            ],
        }

    def install(self, job: Job) -> bool:  # noqa: ARG002 - see obstacle
        raise NotReady(self.obstacle())

    def present(self, job_id: str) -> bool:  # noqa: ARG002 - what a cluster holds is not this machine's to know
        return False

    def remove(self, job_id: str) -> tuple[str, ...]:  # noqa: ARG002 - see present
        return ()

    def start(self, job: Job) -> bool:  # noqa: ARG002 - see present
        return False

    def notes(self, job: Job) -> tuple[str, ...]:
        return (
            _("Build the image with deploy/Containerfile and name it with --image."),
            _("Make the Secret first, as the first lines of the file say: kubectl create secret generic {name}").format(
                name=job.id
            ),
        )


def _yaml(manifests: list[dict[str, Any]]) -> str:
    """Returns YAML that is easy to review: a profile line by line, no references."""
    import yaml

    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - as in SafeDumper
            return True

    def lines(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)

    Plain.add_representer(str, lines)
    return str(yaml.dump_all(manifests, Dumper=Plain, sort_keys=False, allow_unicode=True, width=120))


def schedule(job: Job) -> str:
    """Returns the times as a cron expression. Raises NotReady for times that one expression cannot hold."""
    minutes = {at.minute for at in job.cadence.times}
    if len(minutes) != 1:
        raise NotReady(_("A CronJob runs at one minute of several hours: give times like 06:30,20:30."))
    hours = ",".join(str(at.hour) for at in job.cadence.times)
    return f"{minutes.pop()} {hours} * * *"


def _command(job: Job) -> list[str]:
    """Returns the job's command with the image's interpreter instead of this machine's."""
    return ["python", *job.command[1:]]


def _copied(job: Job) -> list[str]:
    return [f"{job.profile}.toml", _SETTINGS, _ALARM]


def _environment(job: Job) -> list[dict[str, Any]]:
    named = [{"name": n, "value": v} for n, v in job.environment if n != "ALLEO_ONBOARD_HOME"]
    first, *others = job.secrets
    secret = {"name": first, "valueFrom": _secret(job, first)}
    return [*named, secret, *({"name": n, "valueFrom": _secret(job, n, optional=True)} for n in others)]


def _secret(job: Job, key: str, *, optional: bool = False) -> dict[str, Any]:
    reference: dict[str, Any] = {"name": job.id, "key": key}
    return {"secretKeyRef": {**reference, "optional": True} if optional else reference}


_ALARM_ITEM = {"key": "alarm.toml", "path": "alarm.toml"}


def _head(job: Job) -> str:
    """Returns the comment at the top of the file, with the commands to create the Secret."""
    lines = (
        f"{job.title}. The secrets are not in this file; make them once, each read from a file of yours:",
        f"  kubectl create secret generic {job.id} \\",
        "    " + " ".join(f"--from-file={name}=..." for name in job.secrets[:2]),
        *(f"Where Alleo gave another kind of secret: {name} instead of {job.secrets[1]}." for name in job.secrets[2:]),
        "Whom to tell of a run is a secret as well: put the [alarm] table of the set-up into a file, and add it above:",
        "    --from-file=alarm.toml=...",
    )
    return "".join(f"# {line}\n" for line in lines)
