package io.github.costwise.observability;

import java.util.List;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;
import org.springframework.ai.embedding.observation.DefaultEmbeddingModelObservationConvention;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationContext;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationDocumentation;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.context.ApplicationContext;

import io.github.costwise.Money;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose prices embedding calls have: those of whoever is asked, which the name that a
 * client of OpenAI gives does not tell.
 */
@Tag("chain")
class EmbeddingProviderTests {

	private static final DefaultEmbeddingModelObservationConvention CONVENTION = new DefaultEmbeddingModelObservationConvention();

	private final LoopbackProvider server = new LoopbackProvider();

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource({ "openai,text-embedding-3-small,160", "mistral,mistral-embed,800", "fireworks,qwen3-embedding-8b,800",
			"cohere,embed-v4.0,960", "azure,text-embedding-3-large,1040" })
	void theHostThatAClientOfOpenAiAsksHasThePrice(String provider, String model, long nanos) {
		CostwiseRunner.create()
			.withPropertyValues("costwise.accounting.providers.[127.0.0.1]=" + provider)
			.run((context) -> {
				CallRecord call = embed(context, model);
				assertThat(call.target().provider()).isEqualTo(provider);
				assertThat(call.price().state()).isEqualTo(PriceState.EXACT);
				assertThat(call.price().amount()).isEqualTo(Money.ofNanos(nanos));
			});
	}

	@Test
	void aHostThatIsNotKnownIsNotOpenAi() {
		CostwiseRunner.create().run((context) -> {
			CallRecord call = embed(context, "text-embedding-3-small");
			assertThat(call.target().provider()).isEqualTo("unknown");
			assertThat(call.price().state()).isEqualTo(PriceState.ESTIMATED);
			assertThat(call.price().reasons()).contains(PriceReason.HOST_UNKNOWN);
			assertThat(call.price().amount()).isEqualTo(Money.ofNanos(160));
		});
	}

	@ParameterizedTest
	@CsvSource({ "https://api.openai.com/v1,openai", "https://api.mistral.ai/v1,mistral",
			"https://api.together.xyz/v1,together", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1,dashscope",
			"https://team.openai.azure.com/openai/v1,azure", "http://localhost:11434/v1,ollama",
			"https://gateway.example.com/v1,unknown" })
	void anAddressInTheOptionsTells(String address, String provider) {
		CostwiseRunner.create().run((context) -> {
			observe(context, OpenAiEmbeddingOptions.builder().baseUrl(address).model("m").build(), "openai");
			assertThat(only(context).target().provider()).isEqualTo(provider);
		});
	}

	@Test
	void aRegionalHostIsNotPricedAsIfItWereNone() {
		CostwiseRunner.create().run((context) -> {
			observe(context,
					OpenAiEmbeddingOptions.builder()
						.baseUrl("https://eu.api.openai.com/v1")
						.model("text-embedding-3-small")
						.build(),
					"openai");
			assertThat(only(context).price().state()).isEqualTo(PriceState.ESTIMATED);
			assertThat(only(context).price().reasons()).contains(PriceReason.REGION_ASSUMED);
		});
	}

	@Test
	void aClientSetUpForAzureAsksAzureWhereverItIs() {
		CostwiseRunner.create().run((context) -> {
			observe(context,
					OpenAiEmbeddingOptions.builder()
						.baseUrl("https://gateway.example.com")
						.microsoftFoundry(true)
						.model("text-embedding-3-small")
						.build(),
					"openai");
			assertThat(only(context).target().provider()).isEqualTo("azure");
			assertThat(only(context).price().state()).isEqualTo(PriceState.EXACT);
		});
	}

	@ParameterizedTest
	@CsvSource({ "mistral_ai,mistral", "onnx,onnx", "google_genai,google", "openai,openai" })
	void optionsThatTellNothingLeaveTheNameOfTheClient(String system, String provider) {
		CostwiseRunner.create().run((context) -> {
			observe(context, EmbeddingOptions.builder().model("m").build(), system);
			assertThat(only(context).target().provider()).isEqualTo(provider);
		});
	}

	private CallRecord embed(ApplicationContext context, String name) {
		this.server.handler((request) -> Answer.text("").model(name));
		EmbeddingModel model = LoopbackModels.openAiEmbedding(this.server, context.getBean(ObservationRegistry.class));
		model.embed("A question");
		return only(context);
	}

	private static void observe(ApplicationContext context, EmbeddingOptions options, String system) {
		EmbeddingModelObservationContext call = EmbeddingModelObservationContext.builder()
			.embeddingRequest(new EmbeddingRequest(List.of("A question"), options))
			.provider(system)
			.build();
		EmbeddingModelObservationDocumentation.EMBEDDING_MODEL_OPERATION
			.observation(null, CONVENTION, () -> call, context.getBean(ObservationRegistry.class))
			.observe(() -> call.setResponse(new EmbeddingResponse(List.of(new Embedding(new float[] { 1 }, 0)),
					new EmbeddingResponseMetadata(String.valueOf(options.getModel()), new DefaultUsage(8, 0, 8)))));
	}

	private static CallRecord only(ApplicationContext context) {
		assertThat(CostwiseRunner.calls(context)).hasSize(1);
		return CostwiseRunner.calls(context).get(0);
	}

}
