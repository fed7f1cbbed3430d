package io.github.costwise.sample.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.openai.models.completions.CompletionUsage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.anthropic.AnthropicCacheOptions;
import org.springframework.ai.anthropic.AnthropicCacheStrategy;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.annotation.Tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The simulated provider, asked through Spring AI's real clients. */
@Tag("chain")
class DemoProviderTests {

	private static final String HANDBOOK = """
			You are the support desk.

			## Returning an article
			A customer may return any article within 30 days. Returns are free.

			## Paying and invoices
			We accept cards. An invoice is due 14 days after delivery.
			""";

	private static final String LONG_HANDBOOK = HANDBOOK + "Be polite to everybody who writes. ".repeat(200);

	private DemoProvider provider;

	@BeforeEach
	void start() throws IOException {
		this.provider = DemoProvider.start(Duration.ZERO);
	}

	@AfterEach
	void stop() {
		this.provider.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic" })
	void answersFromTheSystemTextAndReportsUsage(String vendor) {
		ChatResponse response = ask(vendor, "When is my invoice due?");
		assertThat(text(response)).isEqualTo("An invoice is due 14 days after delivery.");
		Usage usage = response.getMetadata().getUsage();
		assertThat(usage.getPromptTokens()).isGreaterThan(Tokens.count(HANDBOOK));
		assertThat(usage.getCompletionTokens()).isEqualTo(Tokens.count(text(response)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic" })
	void streamsTheSameAnswerInPieces(String vendor) {
		List<String> pieces = pieces(vendor, "Can I return a lamp?");
		assertThat(pieces).hasSizeGreaterThan(5);
		assertThat(String.join("", pieces)).isEqualTo(text(ask(vendor, "Can I return a lamp?")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic" })
	void asksForAToolAndAnswersFromItsResult(String vendor) {
		var request = ChatClient.create(model(vendor)).prompt().user("Where is AF-1001?").tools(new Shop());
		assertThat(request.call().content()).isEqualTo("Order AF-1001, desk lamp, is shipped. Delivery: tomorrow.");
		assertThat(String.join("", collect(request.stream().content().toStream())))
			.isEqualTo("Order AF-1001, desk lamp, is shipped. Delivery: tomorrow.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic" })
	void fillsInTheFactsOfATicket(String vendor) {
		Facts facts = ChatClient.create(model(vendor))
			.prompt("The lamp of order AF-1003 arrived broken. I need a new one today! Regards, Eve Moss")
			.call()
			.entity(Facts.class);
		assertThat(facts).isEqualTo(new Facts("Eve Moss", "AF-1003", "a damaged article", true));
	}

	@Test
	void openAiCachesALongBeginningByItself() {
		Usage first = usage(ask("openai", LONG_HANDBOOK, "When is my invoice due?"));
		Usage second = usage(ask("openai", LONG_HANDBOOK, "Can I return a lamp?"));
		assertThat(first.getCacheReadInputTokens()).isZero();
		assertThat(second.getCacheReadInputTokens()).isGreaterThanOrEqualTo(1024)
			.isLessThan(second.getPromptTokens().longValue())
			.satisfies((cached) -> assertThat(cached % 128).isZero());
		assertThat(((CompletionUsage) second.getNativeUsage()).promptTokensDetails()).isPresent();
	}

	@Test
	void openAiDoesNotCacheAShortBeginning() {
		ask("openai", "When is my invoice due?");
		assertThat(usage(ask("openai", "When is my invoice due?")).getCacheReadInputTokens()).isZero();
	}

	@Test
	void anthropicCachesWhatIsMarked() {
		Usage first = usage(ask("anthropic", LONG_HANDBOOK, "When is my invoice due?"));
		Usage second = usage(ask("anthropic", LONG_HANDBOOK, "Can I return a lamp?"));
		assertThat(first.getCacheReadInputTokens()).isZero();
		assertThat(first.getCacheWriteInputTokens()).isGreaterThan(1024);
		assertThat(second.getCacheReadInputTokens()).isEqualTo(first.getCacheWriteInputTokens());
		assertThat(second.getCacheWriteInputTokens()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic" })
	void clientsTryAgainAfterAFault(String vendor) {
		this.provider.faults().arm(Fault.RATE_LIMIT, 1);
		assertThat(text(ask(vendor, "When is my invoice due?"))).startsWith("An invoice");
		this.provider.faults().arm(Fault.SERVER_ERROR, 1);
		assertThat(text(ask(vendor, "When is my invoice due?"))).startsWith("An invoice");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic" })
	void aCutStreamFails(String vendor) {
		this.provider.faults().arm(Fault.CUT, 1);
		assertThatThrownBy(() -> pieces(vendor, "Can I return a lamp?")).isInstanceOf(RuntimeException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic" })
	void aQuestionOutsideTheSystemTextIsPassedOn(String vendor) {
		assertThat(text(ask(vendor, "Who won the football game?"))).contains("colleague");
	}

	private ChatResponse ask(String vendor, String question) {
		return ask(vendor, HANDBOOK, question);
	}

	private ChatResponse ask(String vendor, String system, String question) {
		return Objects.requireNonNull(
				ChatClient.create(model(vendor)).prompt().system(system).user(question).call().chatResponse());
	}

	private List<String> pieces(String vendor, String question) {
		return collect(ChatClient.create(model(vendor))
			.prompt()
			.system(HANDBOOK)
			.user(question)
			.stream()
			.content()
			.toStream());
	}

	private static List<String> collect(Stream<String> pieces) {
		return pieces.toList();
	}

	private ChatModel model(String vendor) {
		return vendor.equals("openai")
				? OpenAiChatModel.builder()
					.options(OpenAiChatOptions.builder()
						.baseUrl(this.provider.url() + "/v1")
						.apiKey("simulated")
						.model("gpt-5-mini")
						.build())
					.build()
				: AnthropicChatModel.builder()
					.options(AnthropicChatOptions.builder()
						.baseUrl(this.provider.url())
						.apiKey("simulated")
						.model("claude-haiku-4-5")
						.cacheOptions(
								AnthropicCacheOptions.builder().strategy(AnthropicCacheStrategy.SYSTEM_ONLY).build())
						.build())
					.build();
	}

	private static String text(ChatResponse response) {
		return Objects.requireNonNull(Objects.requireNonNull(response.getResult()).getOutput().getText());
	}

	private static Usage usage(ChatResponse response) {
		return response.getMetadata().getUsage();
	}

	record Facts(String customer, String order, String topic, boolean urgent) {

	}

	static class Shop {

		@Tool(description = "Returns the state of an order")
		Order orderStatus(String orderNumber) {
			return new Order(orderNumber, "desk lamp", "shipped", "tomorrow");
		}

		record Order(String number, String article, String state, String delivery) {

		}

	}

}
