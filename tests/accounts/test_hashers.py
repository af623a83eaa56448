from __future__ import annotations

from django.contrib.auth.hashers import check_password, make_password

from partnership import settings as of_the_site


def test_a_password_is_hashed_with_argon2id_at_19_mebibytes(settings):
    settings.PASSWORD_HASHERS = of_the_site.PASSWORD_HASHERS
    encoded = make_password("a long pass phrase")

    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("a long pass phrase", encoded)
    assert not check_password("A long pass phrase", encoded)
