package io.github.costwise.advisor;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

import io.github.costwise.Money;
import io.github.costwise.accounting.usage.UsageNormalizers;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.pricing.CostCalculator;
import io.github.costwise.pricing.PriceRequest;
import io.github.costwise.pricing.ReportedBounds;
import io.github.costwise.pricing.StandardPriceCatalog;
import io.github.costwise.pricing.UnknownModelPolicy;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;
import io.github.costwise.spi.UsageNormalizer.UsageContext;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every reason of a price not to be exact is given where it holds, and not given beside
 * it: by the readers of usage and the calculator, or in the chain where only that can
 * tell.
 */
@Tag("chain")
class PriceReasonTests {

	private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

	private static final Set<PriceReason> OF_THE_CHAIN = EnumSet.of(PriceReason.USAGE_COUNTED,
			PriceReason.USAGE_PARTIAL, PriceReason.CLASS_ASSUMED, PriceReason.FAILED);

	private final UsageNormalizers normalizers = new UsageNormalizers(List.of(), new Faults());

	private final CostCalculator calculator = new CostCalculator(new StandardPriceCatalog(), UnknownModelPolicy.WARN,
			ReportedBounds.defaults());

	static List<Row> rows() {
		Body openAi = new Body("openai", "gpt-5-mini", counts(1000, 100, 1100));
		Body nano = openAi.of("openai", "gpt-5-nano");
		Body claude = new Body("anthropic", "claude-sonnet-4-6", Map.of("input_tokens", 1000, "output_tokens", 100));
		Body gateway = openAi.of("anthropic", "claude-haiku-4-5");
		Body plain = new Body("openai", "gpt-5-mini", null);
		return List.of(
				new Row(PriceReason.COUNTS_CONTRADICT,
						openAi.with("prompt_tokens_details", Map.of("cached_tokens", 5000)),
						openAi.with("prompt_tokens_details", Map.of("cached_tokens", 500))),
				new Row(PriceReason.COUNTS_CONTRADICT, openAi.with("prompt_tokens", -1), openAi),
				new Row(PriceReason.TOTAL_MISMATCH,
						gateway.with("cache_read_input_tokens", 400).with("total_tokens", 1700),
						gateway.with("cache_read_input_tokens", 400)),
				new Row(PriceReason.CACHE_UNTOLD, claude.with("cache_creation_input_tokens", 30),
						claude.with("cache_creation_input_tokens", 30)
							.with("cache_creation",
									Map.of("ephemeral_5m_input_tokens", 30, "ephemeral_1h_input_tokens", 0))),
				new Row(PriceReason.REASONING_UNTOLD,
						openAi.with("completion_tokens_details", Map.of("reasoning_tokens", 300)),
						openAi.with("completion_tokens_details", Map.of("reasoning_tokens", 30))),
				new Row(PriceReason.DETAILS_DROPPED, plain, plain.of("groq", "llama-3.1-8b-instant")),
				new Row(PriceReason.ROUNDS_SUMMED,
						openAi.with("iterations", List.of(Map.of("input_tokens", 1), Map.of("input_tokens", 2))),
						openAi),
				new Row(PriceReason.CLASS_UNPRICED, nano.with("service_tier", "priority"),
						nano.with("service_tier", "flex")),
				new Row(PriceReason.REGION_ASSUMED, claude.with("inference_geo", "us"),
						claude.with("inference_geo", "global")),
				new Row(PriceReason.SURCHARGE_UNPRICED, claude.with("speed", "fast"), claude.with("speed", "standard")),
				new Row(PriceReason.FEE_ASSUMED, openAi.of("openai", "gpt-5-search-api"), openAi),
				new Row(PriceReason.FEE_ASSUMED, openAi.with("citation_tokens", 5), openAi.with("citation_tokens", 0)),
				new Row(PriceReason.FEE_ASSUMED, openAi.of("openai", "gpt-oss-20b").with("web_search_requests", 1),
						openAi.with("web_search_requests", 1)),
				new Row(PriceReason.HOST_UNKNOWN, openAi.of("unknown", "gpt-5-mini"), openAi),
				new Row(PriceReason.MODEL_UNKNOWN, openAi.of("openai", "gpt-5-foo"), openAi),
				new Row(PriceReason.MODEL_GUESSED, openAi.of("openai", "gpt-5-mini-latest"), openAi),
				new Row(PriceReason.RATES_INCOMPLETE, openAi.of("perplexity", "sonar-pro"),
						openAi.of("perplexity", "sonar-deep-research")),
				new Row(PriceReason.AMOUNT_DOUBTED, openAi.with("cost", new BigDecimal("45")),
						openAi.with("cost", new BigDecimal("0.0005"))),
				new Row(PriceReason.AMOUNT_INCOMPLETE, openAi.with("cost", 1).with("currency", "EUR"),
						openAi.with("cost", 1).with("currency", "USD")));
	}

	private static Map<String, Object> counts(int prompt, int completion, int total) {
		return Map.of("prompt_tokens", prompt, "completion_tokens", completion, "total_tokens", total);
	}

	@ParameterizedTest
	@MethodSource("rows")
	void isGivenWhereItHolds(Row row) {
		Price price = price(row.holds());
		assertThat(price.reasons()).contains(row.reason());
		assertThat(price.state()).isNotEqualTo(PriceState.EXACT);
	}

	@ParameterizedTest
	@MethodSource("rows")
	void isNotGivenBesideThat(Row row) {
		Price price = price(row.beside());
		assertThat(price.reasons()).isEmpty();
		assertThat(price.state()).isEqualTo(PriceState.EXACT);
	}

	@Test
	void everyReasonHasARow() {
		Set<PriceReason> tried = rows().stream()
			.map(Row::reason)
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(PriceReason.class)));
		tried.addAll(OF_THE_CHAIN);
		tried.add(PriceReason.OTHER);
		assertThat(tried).isEqualTo(EnumSet.allOf(PriceReason.class));
	}

	@Test
	void newerReasonsAreReadAsOther() {
		assertThat(PriceReason.read("host-unknown,of-a-newer-release"))
			.containsExactlyInAnyOrder(PriceReason.HOST_UNKNOWN, PriceReason.OTHER);
		assertThat(PriceReason.read(PriceReason.write(EnumSet.allOf(PriceReason.class))))
			.isEqualTo(EnumSet.allOf(PriceReason.class));
		assertThat(PriceReason.read(null)).isEmpty();
	}

	private Price price(Body body) {
		NormalizedUsage used = this.normalizers.normalize(body.usage(),
				new UsageContext(body.provider(), body.model(), false, false));
		PriceRequest request = new PriceRequest(new ModelId(body.provider(), body.model()), NOW,
				(used.serviceTier() != null) ? used.serviceTier() : ServiceTier.STANDARD, used.regional());
		return (used.providerCost() != null) ? this.calculator.reported(used.providerCost(), request, used.usage())
				: this.calculator.price(request, used.usage(), used.reasons());
	}

	@Test
	void whatTheChainAloneKnows() {
		String usage = "{\"prompt_tokens\":20,\"completion_tokens\":4,\"total_tokens\":24}";
		String searches = "{\"prompt_tokens\":20,\"completion_tokens\":4,\"total_tokens\":24,"
				+ "\"web_search_requests\":2000000000}";
		Answer answer = Answer.text("It is 42.");
		try (LoopbackProvider server = new LoopbackProvider()) {
			server.enqueue(answer.usage(usage), answer.withoutUsage(),
					answer.usage(usage.replace("20", "0").replace("24", "4")), answer.usage(usage),
					answer.usage(searches));
			CostwiseRunner.create()
				.withPropertyValues("costwise.accounting.providers.[127.0.0.1]=openai",
						"costwise.pricing.models[0].provider=openai", "costwise.pricing.models[0].model=dear",
						"costwise.pricing.models[0].input=1", "costwise.pricing.models[0].output=1",
						"costwise.pricing.models[0].web-search=1000000")
				.withBean(ChatModel.class, () -> LoopbackModels.openAi(server))
				.run((context) -> {
					ChatClient client = context.getBean(ChatClient.Builder.class).build();
					for (int i = 0; i < 3; i++) {
						client.prompt("What is it?").call().content();
					}
					client.prompt("What is it?")
						.options(OpenAiChatOptions.builder().serviceTier("flex"))
						.call()
						.content();
					client.prompt("What is it?").options(OpenAiChatOptions.builder().model("dear")).call().content();
					List<Price> prices = CostwiseRunner.calls(context).stream().map((call) -> call.price()).toList();
					assertThat(prices).extracting(Price::reasons)
						.containsExactly(Set.of(), Set.of(PriceReason.USAGE_COUNTED), Set.of(PriceReason.USAGE_PARTIAL),
								Set.of(PriceReason.CLASS_ASSUMED), Set.of(PriceReason.FAILED));
					assertThat(prices).extracting(Price::state)
						.containsExactly(PriceState.EXACT, PriceState.ESTIMATED, PriceState.ESTIMATED,
								PriceState.ESTIMATED, PriceState.UNKNOWN);
					assertThat(prices.get(4).amount()).isEqualTo(Money.ZERO);
				});
		}
	}

	/** A usage for which a reason holds, and one beside it for which it does not. */
	record Row(PriceReason reason, Body holds, Body beside) {

	}

	/** A usage body of a provider; without fields, what the common interface tells. */
	record Body(String provider, String model, @Nullable Map<String, Object> fields) {

		Body of(String otherProvider, String otherModel) {
			return new Body(otherProvider, otherModel, this.fields);
		}

		Body with(String name, Object value) {
			Map<String, Object> changed = new HashMap<>((this.fields != null) ? this.fields : Map.of());
			changed.put(name, value);
			return new Body(this.provider, this.model, changed);
		}

		Usage usage() {
			return (this.fields != null) ? new DefaultUsage(0, 0, 0, this.fields) : new DefaultUsage(1000, 100);
		}

	}

}
