package io.github.costwise.accounting.usage;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;
import io.github.costwise.spi.UsageNormalizer.UsageContext;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests what Spring AI's real clients hand on of the usage in a response. */
@Tag("chain")
class UsageOfRealClientsIntegrationTests {

	private static final String OPENAI = """
			{"prompt_tokens":4020,"completion_tokens":90,"total_tokens":4110,
			"prompt_tokens_details":{"cached_tokens":3000,"cache_write_tokens":1000,"audio_tokens":0},
			"completion_tokens_details":{"reasoning_tokens":64,"audio_tokens":0}}""";

	private static final String ANTHROPIC = """
			{"input_tokens":3,"cache_read_input_tokens":100,"cache_creation_input_tokens":30,
			"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":30},
			"output_tokens":50,"service_tier":"standard"}""";

	private static final String GOOGLE = """
			{"promptTokenCount":328,"promptTokensDetails":[{"modality":"TEXT","tokenCount":70},
			{"modality":"IMAGE","tokenCount":258}],"cachedContentTokenCount":183,
			"cacheTokensDetails":[{"modality":"IMAGE","tokenCount":144},{"modality":"TEXT","tokenCount":39}],
			"candidatesTokenCount":78,"thoughtsTokenCount":241,"totalTokenCount":647}""";

	private final LoopbackProvider provider = new LoopbackProvider();

	private final UsageNormalizers normalizers = new UsageNormalizers(List.of(), new Faults());

	private final Providers providers = new Providers(Map.of(), null);

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void openAi() {
		ChatModel model = LoopbackModels.openAi(this.provider);
		String expected = "{INPUT=20, CACHE_READ=3000, CACHE_WRITE_5M=1000, OUTPUT=26, OUTPUT_REASONING=64}";
		assertThat(call(model, OPENAI).usage()).hasToString(expected);
		assertThat(stream(model, OPENAI).usage()).hasToString(expected);
		assertThat(stream(model, OPENAI).source()).isEqualTo(UsageSource.REPORTED);
	}

	@Test
	void anthropicLosesLifetimesInStreams() {
		ChatModel model = LoopbackModels.anthropic(this.provider);
		String expected = "{INPUT=3, CACHE_READ=100, CACHE_WRITE_1H=30, OUTPUT=50}";
		assertThat(call(model, ANTHROPIC).usage()).hasToString(expected);
		assertThat(call(model, ANTHROPIC).source()).isEqualTo(UsageSource.REPORTED);
		assertThat(stream(model, ANTHROPIC).usage()).hasToString(expected);
		assertThat(stream(model, ANTHROPIC).source()).isEqualTo(UsageSource.PARTLY_ESTIMATED);
	}

	@Test
	void google() {
		ChatModel model = LoopbackModels.google(this.provider);
		String expected = "{INPUT=31, INPUT_IMAGE=114, CACHE_READ=39, CACHE_READ_IMAGE=144, OUTPUT=78, "
				+ "OUTPUT_REASONING=241}";
		assertThat(call(model, GOOGLE).usage()).hasToString(expected);
		assertThat(stream(model, GOOGLE).usage()).hasToString(expected);
	}

	@Test
	void streamsWithoutUsageReportNone() {
		this.provider.enqueue(Answer.chunks("a", "b").withoutUsage());
		ChatModel model = LoopbackModels.openAi(this.provider);
		assertThat(chunks(model)).isNotEmpty()
			.allSatisfy((chunk) -> assertThat(normalize(model, chunk, true).source()).isEqualTo(UsageSource.NONE));
	}

	private NormalizedUsage call(ChatModel model, String usage) {
		this.provider.enqueue(Answer.text("Hello").usage(usage));
		return normalize(model, model.call(new Prompt("Hi")), false);
	}

	private NormalizedUsage stream(ChatModel model, String usage) {
		this.provider.enqueue(Answer.chunks("Hel", "lo").usage(usage));
		return chunks(model).stream()
			.map((chunk) -> normalize(model, chunk, true))
			.filter((normalized) -> normalized.source() != UsageSource.NONE)
			.reduce((first, last) -> last)
			.orElseThrow();
	}

	private static List<ChatResponse> chunks(ChatModel model) {
		return Objects.requireNonNull(model.stream(new Prompt("Hi")).collectList().block());
	}

	private NormalizedUsage normalize(ChatModel model, ChatResponse response, boolean streamed) {
		return this.normalizers.normalize(response.getMetadata().getUsage(),
				new UsageContext(this.providers.of(model), "any", streamed, true));
	}

}
