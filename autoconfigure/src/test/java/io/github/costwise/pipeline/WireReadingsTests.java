package io.github.costwise.pipeline;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.accounting.wire.UsageReader;
import io.github.costwise.accounting.wire.WireUsage;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link WireReadings}. */
@Tag("unit")
class WireReadingsTests {

	private final WireReadings readings = new WireReadings();

	@Test
	void theAnswerIsIdentifiedByItsId() {
		add("{\"id\":\"a\",\"usage\":{\"prompt_tokens\":1}}");
		add("{\"id\":\"b\",\"usage\":{\"prompt_tokens\":2}}");
		assertThat(this.readings.of("a").getPromptTokens()).isEqualTo(1);
		assertThat(this.readings.of("b").getPromptTokens()).isEqualTo(2);
		assertThat(this.readings.of(null).getPromptTokens()).isEqualTo(2);
		assertThat(this.readings.of("c")).isNull();
	}

	@Test
	void bodiesWithoutUsageAreNone() {
		assertThat(this.readings.of("a")).isNull();
		add("{\"usage\":{\"prompt_tokens\":1}}");
		add("{\"id\":\"a\"}");
		add("{\"object\":\"list\",\"usage\":{\"prompt_tokens\":7}}");
		assertThat(this.readings.of("a").getPromptTokens()).isEqualTo(1);
	}

	@Test
	void onlyTheNewestAreKept() {
		for (int i = 0; i < 20; i++) {
			add("{\"id\":\"" + i + "\",\"usage\":{\"prompt_tokens\":1}}");
		}
		assertThat(this.readings.of("0")).isNull();
		assertThat(this.readings.of("19")).isNotNull();
	}

	private void add(String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		WireUsage usage = new WireUsage();
		this.readings.add(usage);
		new UsageReader(usage).read(bytes, 0, bytes.length);
	}

}
