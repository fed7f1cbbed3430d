package io.github.costwise.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.cache.Miss;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.cache.response.LearningGroups;
import io.github.costwise.cache.response.PolicyCounters;
import io.github.costwise.cache.response.ResponseCache;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients are served in other languages once a cache has learnt from English
 * traffic, with the encoder of this module. Questions are different ones; none may be
 * given the answer of another.
 */
@Timeout(600)
@Tag("chain")
class LanguagesChainTests {

	private static final List<String> VERBS = List.of("reset", "delete", "order", "block", "renew", "download",
			"cancel", "check", "share", "pay");

	private static final List<String> NOUNS = List.of("password", "address", "card", "account", "invoice", "contract",
			"order", "voucher", "ticket", "reservation", "phone number", "plan", "insurance", "delivery", "passport",
			"subscription", "documents", "appointment", "profile", "language");

	private static final List<String> FORMS = List.of("How do I %s my %s?", "What is the way to %s a %s?",
			"I want to %s my %s, how does that work?", "Please tell me how to %s the %s",
			"What do I have to do to %s my %s?");

	private static final List<String> OTHER_SCRIPTS = List.of("怎么打开夜间模式?", "怎么关闭夜间模式?", "怎么更换手机号?", "怎么更换邮箱?", "可以退款吗?",
			"可以换货吗?", "メールをオンにするには?", "メールをオフにするには?", "東京の人口は?", "大阪の人口は?", "Как включить тёмную тему?",
			"Как выключить тёмную тему?", "Πώς ανοίγω λογαριασμό;", "Πώς κλείνω λογαριασμό;", "كيف أفتح حسابا؟",
			"كيف أغلق حسابا؟", "איך פותחים חשבון?", "איך סוגרים חשבון?", "खाता कैसे खोलें?", "खाता कैसे बंद करें?",
			"কিভাবে হিসাব খুলব?", "কিভাবে হিসাব বন্ধ করব?", "เปิดบัญชีอย่างไร", "ปิดบัญชีอย่างไร", "계좌를 어떻게 열어요?",
			"계좌를 어떻게 닫아요?", "როგორ გავხსნა ანგარიში?", "როგორ დავხურო ანგარიში?", "Ինչպես բացել հաշիվ",
			"Ինչպես փակել հաշիվ", "கணக்கை எப்படி திறப்பது?", "கணக்கை எப்படி மூடுவது?", "ఖాతా ఎలా తెరవాలి?",
			"ఖాతా ఎలా మూసివేయాలి?", "ሂሳብ እንዴት ልክፈት?", "ሂሳብ እንዴት ልዝጋ?", "怎么更换 iPhone?", "怎么更换 iPad?");

	private static final List<String> UNREADABLE = List.of("Can I bring my 🐶 to the office?",
			"Can I bring my 🐱 to the office?", "How do I reset my 🔑?", "How do I reset my 📱?",
			"Ｈｏｗ ｄｏ Ｉ ｒｅｓｅｔ ｍｙ ｃａｒｄ？", "Ｈｏｗ ｄｏ Ｉ ｄｅｌｅｔｅ ｍｙ ｃａｒｄ？", "How do I 𝐫𝐞𝐬𝐞𝐭 my card?",
			"How do I 𝐝𝐞𝐥𝐞𝐭𝐞 my card?", "How do I reset my кард?", "How do I reset my счёт?",
			"h0w d0 1 r3s3t my c4rd", "h0w d0 1 d3l3t3 my c4rd", "How do I reset my \udb40\udc63\udb40\udc61?",
			"How do I reset my \udb40\udc70\udb40\udc69?");

	private static final List<String> LATIN = List.of("Wie melde ich mich an?", "Wie melde ich mich ab?",
			"Ist Parken erlaubt?", "Ist Parken verboten?", "Comment activer les notifications ?",
			"Comment désactiver les notifications ?", "¿Cómo abro una cuenta?", "¿Cómo cierro una cuenta?",
			"Come apro un conto?", "Come chiudo un conto?", "Hoe meld ik me aan?", "Hoe meld ik me af?",
			"Jak otworzyć konto?", "Jak zamknąć konto?", "Làm sao để mở tài khoản?", "Làm sao để đóng tài khoản?",
			"Bagaimana cara masuk?", "Bagaimana cara keluar?", "Account kaise khole?", "Account kaise band kare?",
			"Hesabımı nasıl açarım?", "Hesabımı nasıl kapatırım?");

	private static final String POLICY = "costwise.policies.default.cache.";

	@TempDir
	private static Path directory;

	private final EchoingModel model = new EchoingModel();

	@Test
	void evidenceOfEnglishLicensesNoHitElsewhere() throws IOException {
		runner(teach()).run((context) -> {
			await(() -> context.getBean(LearningGroups.class)
				.groups()
				.values()
				.stream()
				.anyMatch((group) -> group.state().labels() >= 900));
			PolicyCounters counters = context.getBean(ResponseCache.class).statistics().policy("default");
			warm(context, counters);
			askEach(context, OTHER_SCRIPTS);
			askEach(context, UNREADABLE);
			assertThat(counters.misses(Miss.LANGUAGE)).isEqualTo(OTHER_SCRIPTS.size() + UNREADABLE.size());
			askEach(context, LATIN);
			assertThat(counters.hits(CacheHit.HitKind.SEMANTIC)).isZero();
			askEnglish(context);
			assertThat(counters.hits(CacheHit.HitKind.SEMANTIC)).isPositive();
			askEach(context, OTHER_SCRIPTS);
			assertThat(counters.hits(CacheHit.HitKind.EXACT)).isEqualTo(OTHER_SCRIPTS.size());
		});
	}

	/** Asks until the encoder is used, since it starts with the first look-up. */
	private static void warm(ApplicationContext context, PolicyCounters counters) {
		long unready = -1;
		for (int i = 0; unready != counters.misses(Miss.ENCODER); i++) {
			unready = counters.misses(Miss.ENCODER);
			ask(context, "Is this the question with the number " + i + "?", true);
		}
	}

	/** In call and in stream in turns; each must be given its own answer. */
	private static void askEach(ApplicationContext context, List<String> questions) {
		ResponseCache cache = context.getBean(ResponseCache.class);
		for (int i = 0; i < questions.size(); i++) {
			long stored = cache.statistics().policy("default").storedAnswers();
			long hits = cache.statistics().policy("default").hits(CacheHit.HitKind.EXACT);
			String question = questions.get(i);
			assertThat(ask(context, question, i / 2 % 2 == 0)).isEqualTo(EchoingModel.answer(question));
			await(() -> cache.statistics().policy("default").storedAnswers() > stored
					|| cache.statistics().policy("default").hits(CacheHit.HitKind.EXACT) > hits);
		}
	}

	private static void askEnglish(ApplicationContext context) {
		for (String form : FORMS) {
			for (String noun : NOUNS) {
				ask(context, form.formatted("reset", noun), true);
			}
		}
	}

	private static String ask(ApplicationContext context, String question, boolean call) {
		ChatClient client = context.getBean(ChatClient.Builder.class).build();
		return call ? String.valueOf(client.prompt(question).call().content())
				: String.join("", client.prompt(question).stream().content().toIterable());
	}

	private ApplicationContextRunner runner(Path traffic) {
		return new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withBean("model", ChatModel.class, () -> this.model)
			.withPropertyValues(POLICY + "mode=enforce", POLICY + "semantic.enabled=true", POLICY + "shared=true",
					"costwise.cache.traffic.learn-from=" + traffic);
	}

	private static Path teach() throws IOException {
		Stream<String> rows = FORMS.stream()
			.flatMap((form) -> VERBS.stream()
				.flatMap((verb) -> NOUNS.stream()
					.map((noun) -> "{\"text\": \"%s\", \"answer\": \"%s %s\"}".formatted(form.formatted(verb, noun),
							verb, noun))));
		return Files.write(directory.resolve("traffic.jsonl"), (Iterable<String>) rows::iterator);
	}

	private static void await(BooleanSupplier condition) {
		Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(60)).until(condition::getAsBoolean);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/** Answers with the question, but for English with what it is about. */
	private static final class EchoingModel implements ChatModel {

		static String answer(String question) {
			for (String verb : VERBS) {
				if (question.contains(verb)) {
					for (String noun : NOUNS) {
						if (question.contains(verb + " my " + noun) || question.contains(verb + " a " + noun)
								|| question.contains(verb + " the " + noun)) {
							return "This is all there is to say about " + verb + " and " + noun + ".";
						}
					}
				}
			}
			return "Answer to " + question;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return new ChatResponse(
					List.of(new Generation(new AssistantMessage(answer(prompt.getUserMessage().getText())),
							ChatGenerationMetadata.builder().finishReason("STOP").build())));
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.just(call(prompt));
		}

		@Override
		public ChatOptions getDefaultOptions() {
			return ChatOptions.builder().model("gpt-5-mini").build();
		}

	}

}
