"""A set-up that writes although its credential was handed to Alleo is warned in every preview."""

from datetime import UTC, datetime

from alleo_onboard.domain.handover import Handover, State, Via
from alleo_onboard.presentation.cautions import cautions
from alleo_onboard.sandbox.server import Sandbox
from alleo_onboard.store.handovers import Handovers
from alleo_onboard.usecases.preview.preview import preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.setups.resolve import Setups


async def test_a_preview_tells_that_alleo_has_the_credential_too(tmp_path):
    with Sandbox("selective", 12, limits=False) as sandbox:
        setup = Setups({**sandbox.addresses.environment(), "ALLEO_ONBOARD_HOME": str(tmp_path)}).find()
        async with Session(setup) as session:
            assert not any("handed to Alleo" in said for said in cautions(await preview(session)))
            sent = Handover(Via.MANUAL, "there", datetime.now(UTC), None, State.OPENED)
            Handovers(setup.home).add(setup.profile.name, sent)
            told = [said for said in cautions(await preview(session)) if "handed to Alleo" in said]
            assert len(told) == 1
            assert "two ways would feed the same people" in told[0]
