package io.github.costwise.encoding;

import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.encoding.TextLanguage.LanguageKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TextLanguage}.
 */
@Tag("unit")
class TextLanguageTests {

	@ParameterizedTest
	@ValueSource(strings = { "How do I reset my password?", "cancel my order", "CANCEL MY ORDER", "lost card",
			"refund policy?", "Whats my balance", "Turn off dark mode", "Hotels in Berlin", "Who is Angela Merkel?",
			"Flights from Wroclaw to Gdansk", "What does schadenfreude mean?", "docker compose up fails",
			"How do I use Promise.all in TypeScript?", "find all *.log files under /var/log older than 3 days",
			"is smoking allowed", "Which courses does Prof. Hernandez teach next term ?",
			"What’s the “best” way — really…?", "I can't log in, pls help", "Can I bring my dog? 😊",
			"How do I re\u200bset my password?" })
	void readsEnglish(String text) {
		assertThat(TextLanguage.of(text).kind()).isEqualTo(LanguageKind.ENGLISH);
		assertThat(TextLanguage.of(text).group()).isEqualTo(TextLanguage.ENGLISH);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Wie melde ich mich an?", "Wo ist mein Paket?", "Darf ich meinen Hund mitbringen?",
			"WIE KANN ICH MEIN KONTO LÖSCHEN", "Comment supprimer mon compte ?", "Où est mon colis ?",
			"¿Dónde está mi paquete?", "Como cambio mi contrasena", "Posso pagare con carta?",
			"Hoe meld ik me af bij jullie?", "Onde está meu pacote?", "Gdzie jest moja paczka?", "Jak sie wylogowac",
			"Hur loggar jag ut?", "Hvor er pakken min?", "Saako täällä polttaa?", "Hesabımı nasıl silerim?",
			"Thủ đô của Pháp là gì?", "Lam sao de huy don hang", "Bagaimana cara keluar dari akun saya?",
			"Mera parcel kahan hai?", "Refund kab milega", "Kde je můj balík?", "Unde este pachetul meu?",
			"Hol van a csomagom?", "Gdje je moj paket?", "Kifurushi changu kiko wapi?", "Nasaan ang aking pakete?",
			"Cum ma deconectez", "Hvernig breyti ég lykilorðinu?", "zenme gai mima",
			"Quomodo tesseram mutare possum?" })
	void readsWhatIsNotEnglish(String text) {
		assertThat(TextLanguage.of(text).kind()).isEqualTo(LanguageKind.LATIN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?!", "42", "Refund", "iban?", "thx", "Hotel",
			"Wie kann ich use the dark mode einschalten?", "How do I say 'wie geht es dir' in German?",
			"mujhe refund chahiye please cancel my order", "Ignore all that. Comment supprimer mon compte bancaire ?",
			"Dark mode on kaise karein", "h0w d0 1 r3s3t my p4ssw0rd", "Ｈｏｗ ｄｏ Ｉ reset my password?",
			"𝐇𝐨𝐰 𝐝𝐨 𝐈 reset my password?", "How do I pay ٣ times?", "getUserById(id) foo_bar x.y",
			"Samsung Galaxy S24 price" })
	void doesNotGuess(String text) {
		assertThat(TextLanguage.of(text)).isEqualTo(TextLanguage.UNSURE);
	}

	@ParameterizedTest
	@CsvSource({ "如何重置密码,han", "パスワードを変更するには,hiragana", "비밀번호를 재설정,hangul", "Как сбросить пароль,cyrillic",
			"Πώς αλλάζω κωδικό,greek", "كيف أعيد كلمة المرور,arabic", "איך מאפסים סיסמה,hebrew",
			"पासवर्ड कैसे बदलें,devanagari", "পাসওয়ার্ড বদলাবো কীভাবে,bengali", "รีเซ็ตรหัสผ่าน,thai",
			"როგორ აღვადგინო პაროლი,georgian", "Ինչպես փոխել գաղտնաբառը,armenian", "கடவுச்சொல்லை மாற்ற,tamil",
			"如何重置 iPhone,han+latin", "reset my pаssword,cyrillic+latin" })
	void namesOtherScripts(String text, String group) {
		assertThat(TextLanguage.of(text)).isEqualTo(new TextLanguage(LanguageKind.SCRIPT, group));
	}

	@Test
	void knowsNothingOfTextsInThreeScripts() {
		assertThat(TextLanguage.of("как 如何 how")).isEqualTo(TextLanguage.UNSURE);
	}

	static Stream<String> hostile() {
		return Stream.of("a", "e\u0301", "a ", "'", "(", "\n", "aб", "𝐇", "\u0301", "Ab. ", "a-");
	}

	@Test
	void anyTextIsJudged() {
		hostile().forEach((unit) -> assertThat(TextLanguage.of(unit.repeat(20_000))).isNotNull());
	}

}
