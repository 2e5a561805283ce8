"""What a password must be, said in both languages (Django's own sentences name fields in English)."""

from __future__ import annotations

from django.contrib.auth import password_validation as django

from sosei.web.site.language import say


class Long(django.MinimumLengthValidator):
    """At least ``min_length`` characters: length protects, mixing kinds of characters does not."""

    def get_error_message(self) -> str:
        """How short it is allowed to be."""
        return say(
            f"短すぎます。{self.min_length}文字以上にしてください",
            f"too short; use at least {self.min_length} characters",
        )


class NotLikeThePerson(django.UserAttributeSimilarityValidator):
    """Unlike user name, name and mail address."""

    def get_error_message(self) -> str:
        """What it is too much like."""
        return say(
            "ユーザー名、氏名またはメールアドレスに似ています。別のものにしてください",
            "too much like your user name, name or mail address; choose another",
        )


class NotCommon(django.CommonPasswordValidator):
    """Not among the 20,000 most used ones that come with Django."""

    def get_error_message(self) -> str:
        """That others use it too."""
        return say("よく使われるパスワードです。別のものにしてください", "a common password; choose another")


class NotDigitsAlone(django.NumericPasswordValidator):
    """More than digits: dates and telephone numbers are tried first."""

    def get_error_message(self) -> str:
        """That digits are not enough."""
        return say("数字だけです。文字も入れてください", "digits alone; put in letters as well")
