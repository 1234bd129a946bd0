"""Makes passphrases to tell by telephone: words from a list, or characters for servers that require a mixture."""

from __future__ import annotations

import secrets
import string

from alleo_onboard.domain.secret import Secret

WORDS = 6
CHARACTERS = 20

# 256 words of four to six letters that sound different from each other and are spelt as they sound. Six of them are 48
# bits, which is ample when the service locks after five attempts.
LIST = tuple(
    """
    acid actor adult album alert alpha amber angel ankle apple april apron arena armor arrow aspen atlas atom audio
    autumn avenue award bacon badge bagel baker bamboo banana banjo barrel basil basket beach beacon berry bike birch
    bison blanket boat bottle bottom brave bread brick bridge bronze brush bubble bucket buffalo bullet butter button
    cabin cactus camel camera candle canoe canvas carbon carpet castle cattle cedar cello cement chain chalk cherry
    chess chicken circle citrus clay clock cloud clover cobra coffee comet copper coral corner cotton cousin crayon
    cricket crown crystal dagger dance danger decade dentist desert diesel dinner doctor dolphin domino donkey dragon
    drum eagle echo elbow elder elephant engine enjoy escape fabric falcon farmer father fender ferry fiddle finger
    flamingo flute forest fossil fox frost galaxy garage garden garlic gentle giant ginger giraffe globe glove goblet
    gorilla grape gravel guitar hammer harbor harvest hazel helmet hero hobby honey hotel icon igloo index indigo
    insect island ivory jacket jaguar jelly jewel jigsaw jungle kangaroo kettle kitten koala ladder lagoon lantern
    laptop lemon leopard level lilac lion lizard lobster logic lotus magnet mango maple marble market meadow melody
    melon metal mirror mitten mobile monkey morning mosaic motor museum napkin nectar needle noodle number oasis ocean
    olive onion opera orange orbit orchid otter oxygen oyster paddle panda paper parrot pasta pearl pebble pelican
    pencil pepper piano picnic pilot pirate planet plasma pocket polar pony poplar puzzle quartz rabbit radio raven
    record ribbon river robin rocket saddle safari salmon sandal sugar summer sunset tiger tulip tunnel turtle velvet
    """.split()  # noqa: SIM905 - a list of 256 strings would be 256 lines
)
_LETTERS = string.ascii_letters + string.digits


def words() -> Secret:
    """Returns six random words, joined by hyphens."""
    return Secret("-".join(secrets.choice(LIST) for _n in range(WORDS)))


def characters() -> Secret:
    """Returns 20 random characters with capitals, small letters, digits and a hyphen."""
    while True:
        text = "".join(secrets.choice(_LETTERS) for _n in range(CHARACTERS - 1)) + "-"
        if any(c.islower() for c in text) and any(c.isupper() for c in text) and any(c.isdigit() for c in text):
            return Secret(text)
