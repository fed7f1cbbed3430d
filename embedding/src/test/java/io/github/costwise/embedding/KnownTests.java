package io.github.costwise.embedding;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the default encoder says of how much it reads.
 */
@Tag("unit")
class KnownTests {

	private static final OnnxTextEncoder ENCODER = Encoders.shared();

	@ParameterizedTest
	@ValueSource(strings = { "How do I reset my password?", "WHERE IS MY CARD", "Is 5 ≤ 6 — really…?", "", "42", "€ 20",
			"line\none\ttwo", "café" })
	void readsEnglishAndUsualSigns(String text) {
		assertThat(ENCODER.known(text)).isBetween(.75, 1.);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Can I bring my 🐶?", "如何重置密码?", "ダークモード", "비밀번호를 재설정 하나요", "รีเซ็ตรหัสผ่าน", "Ｈｏｗ ｄｏ Ｉ",
			"how do 𝐈", "reset my ⓟassword", "x \ue000 y", "reset \udb40\udc41\udb40\udc42", "პაროლი ⴀ" })
	void nothingCountsWhereASignIsLost(String text) {
		assertThat(ENCODER.known(text)).isZero();
	}

	@Test
	void nothingCountsWhereTheEndIsCutOff() {
		assertThat(ENCODER.known("word ".repeat(254))).isOne();
		assertThat(ENCODER.known("word ".repeat(255) + "end")).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "Wie melde ich mich an?,.85,.95", "Làm sao để đặt lại mật khẩu?,.4,.6", "Hủy đơn hàng,.2,.6",
			"e\u0301te\u0301,.4,.8" })
	void lettersThatLoseTheirMarksOrStandAloneAreNotKnown(String text, double least, double most) {
		assertThat(ENCODER.known(text)).isBetween(least, most);
	}

	@Test
	void spacesAndJoinersOfNoWidthAreNotMissed() {
		assertThat(ENCODER.known("re\u200bset my pass\u200dword\ufeff")).isGreaterThan(.8);
	}

}
