package io.github.costwise.accounting.wire;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link UsageReader}. */
@Tag("unit")
class UsageReaderTests {

	private static final String CHAT = """
			{"id":"c1","object":"chat.completion","model":"gpt-5-mini","service_tier":"flex",
			 "choices":[{"index":0,"message":{"role":"assistant","content":"{\\"usage\\":{\\"prompt_tokens\\":7}} \\\\"},
			 "finish_reason":"stop"}],
			 "usage":{"prompt_tokens":20,"completion_tokens":4,"total_tokens":24,"cost":0.00012,
			 "prompt_tokens_details":{"cached_tokens":16,"note":"}]\\"{"}}}
			""";

	private static final String STREAM = """
			event: message_start
			data: {"type":"message_start","message":{"id":"m1","type":"message","model":"claude-sonnet-4-5","content":[],\
			"usage":{"input_tokens":10,"cache_creation_input_tokens":30,"cache_read_input_tokens":512,\
			"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20},"output_tokens":1,\
			"service_tier":"standard","inference_geo":"us"}}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\\"usage\\":{\\"output_tokens\\":9"}}

			event: message_delta
			data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":5,"input_tokens":0}}

			event: message_stop
			data: {"type":"message_stop"}

			""";

	@Test
	void keepsTheUsageOfADocumentAndWhatStandsBesideIt() {
		WireReading reading = read(CHAT);
		assertThat(reading.body()).containsEntry("prompt_tokens", 20)
			.containsEntry("cost", new BigDecimal("0.00012"))
			.containsEntry("service_tier", "flex")
			.containsEntry("prompt_tokens_details", Map.of("cached_tokens", 16, "note", "}]\"{"));
		assertThat(reading.id()).isEqualTo("c1");
		assertThat(reading.model()).isEqualTo("gpt-5-mini");
		assertThat(reading.anthropic()).isFalse();
		assertThat(reading.getPromptTokens()).isEqualTo(20);
	}

	@Test
	void keepsWhatOnlyTheFirstEventOfAStreamTells() {
		WireReading reading = read(STREAM);
		assertThat(reading.body()).containsEntry("input_tokens", 10)
			.containsEntry("cache_read_input_tokens", 512)
			.containsEntry("cache_creation", Map.of("ephemeral_5m_input_tokens", 10, "ephemeral_1h_input_tokens", 20))
			.containsEntry("inference_geo", "us")
			.containsEntry("output_tokens", 5);
		assertThat(reading.anthropic()).isTrue();
		assertThat(reading.settled()).isTrue();
		assertThat(reading.id()).isEqualTo("m1");
	}

	@ParameterizedTest
	@ValueSource(strings = { CHAT, STREAM })
	void readsTheSameWhereverTheBodyIsCut(String body) {
		WireReading whole = read(body);
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		for (int cut = 0; cut <= bytes.length; cut++) {
			assertThat(read(bytes, cut)).as("cut at %d", cut).isEqualTo(whole);
		}
	}

	@Test
	void readsEventsWithAnyEndOfLine() {
		assertThat(read(STREAM.replace("\n", "\r\n"))).isEqualTo(read(STREAM));
		assertThat(read(STREAM.replace("\n", "\r"))).isEqualTo(read(STREAM));
		assertThat(read("\uFEFF" + STREAM.replace("data: ", "data:"))).isEqualTo(read(STREAM));
		assertThat(read(": waiting\n\n" + STREAM)).isEqualTo(read(STREAM));
	}

	@Test
	void everyBeginningOfABodyIsSafeAndTellsNothingWrong() {
		for (String body : List.of(CHAT, STREAM)) {
			WireReading whole = read(body);
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			for (int length = 0; length < bytes.length; length++) {
				WireUsage usage = new WireUsage();
				new UsageReader(usage).read(bytes, 0, length);
				WireReading part = usage.reading();
				if (part != null) {
					assertThat(part.body().keySet()).isSubsetOf(whole.body().keySet());
				}
			}
		}
	}

	@Test
	void theLastOfSeveralUsagesCountsOnce() {
		WireReading reading = read(event("{\"choices\":[],\"usage\":null}")
				+ event("{\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":1,\"total_tokens\":21,"
						+ "\"prompt_tokens_details\":{\"cached_tokens\":16}}}")
				+ event("{\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":9,\"total_tokens\":29}}")
				+ event("{\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":9,\"total_tokens\":29}}")
				+ event("{\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}}")
				+ event("[DONE]"));
		assertThat(reading.body()).isEqualTo(Map.of("prompt_tokens", 20, "completion_tokens", 9, "total_tokens", 29,
				"prompt_tokens_details", Map.of("cached_tokens", 16)));
		assertThat(reading.settled()).isTrue();
	}

	@Test
	void aStreamWithoutItsEndIsNotSettled() {
		WireUsage usage = new WireUsage();
		byte[] bytes = event("{\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":1}}")
			.getBytes(StandardCharsets.UTF_8);
		new UsageReader(usage).read(bytes, 0, bytes.length);
		assertThat(usage.reading().settled()).isFalse();
		WireUsage start = new WireUsage();
		bytes = STREAM.substring(0, STREAM.indexOf("event: message_delta")).getBytes(StandardCharsets.UTF_8);
		new UsageReader(start).read(bytes, 0, bytes.length);
		assertThat(start.reading().settled()).isFalse();
		assertThat(start.reading().body()).containsEntry("cache_read_input_tokens", 512);
	}

	@Test
	void aUsageInAChoiceCountsWhereThereIsNoOther() {
		String choice = "{\"id\":\"c9\",\"choices\":[{\"index\":0,\"id\":\"x\",\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":2}}]";
		assertThat(read(event(choice + "}")).body()).containsEntry("prompt_tokens", 8);
		assertThat(read(event(choice + "}")).id()).isEqualTo("c9");
		assertThat(read(event(choice + ",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}")).body())
			.containsEntry("prompt_tokens", 9);
		assertThat(read(event("{\"choices\":[],\"x_groq\":{\"id\":\"r\",\"usage\":{\"prompt_tokens\":7}}}")).body())
			.containsEntry("prompt_tokens", 7);
	}

	@Test
	void usageElsewhereIsNone() {
		assertThat(reading("{\"metadata\":{\"usage\":{\"prompt_tokens\":8}},\"choices\":[{\"message\":"
				+ "{\"usage\":{\"prompt_tokens\":8},\"content\":\"usage\"}}]}"))
			.isNull();
		assertThat(reading("{\"object\":\"list\",\"usage\":{\"prompt_tokens\":8}}")).isNull();
		assertThat(reading("{\"usage\":\"none\",\"error\":{\"usage\":{\"prompt_tokens\":8}}}")).isNull();
		assertThat(reading("")).isNull();
		assertThat(reading("null")).isNull();
	}

	@Test
	void linesOfAnyLengthArePassedOverWithoutKeepingThem() {
		byte[] begin = "data: {\"choices\":[{\"delta\":{\"content\":\"".getBytes(StandardCharsets.UTF_8);
		byte[] text = "usage {\\\" ".repeat(10_000).getBytes(StandardCharsets.UTF_8);
		byte[] end = ("\"}}]}\n\n" + event("{\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":4}}"))
			.getBytes(StandardCharsets.UTF_8);
		WireUsage usage = new WireUsage();
		UsageReader reader = new UsageReader(usage);
		reader.read(begin, 0, begin.length);
		for (int i = 0; i < 500; i++) {
			reader.read(text, 0, text.length);
		}
		reader.read(end, 0, end.length);
		assertThat(usage.reading().body()).containsEntry("prompt_tokens", 20);
		assertThat(usage.reading().readable()).isTrue();
	}

	@Test
	void aUsageThatIsTooLongOrNoJsonIsMissed() {
		String filler = "\"x\":\"" + "y".repeat(70_000) + "\"";
		WireReading tooLong = read(event("{\"usage\":{\"prompt_tokens\":5}}") + event("{\"usage\":{" + filler + "}}"));
		assertThat(tooLong.readable()).isFalse();
		assertThat(tooLong.body()).isEqualTo(Map.of("prompt_tokens", 5));
		assertThat(reading(event("{\"usage\":{\"prompt_tokens\":}}"))).isNull();
		assertThat(
				read(event("{\"usage\":{\"prompt_tokens\":}}") + event("{\"usage\":{\"prompt_tokens\":5}}")).readable())
			.isFalse();
		assertThat(reading("{\"usage\":" + "{\"a\":".repeat(5000) + "1" + "}".repeat(5001))).isNull();
	}

	@Test
	void whatIsKeptIsBounded() {
		StringBuilder body = new StringBuilder();
		for (int i = 0; i < 300; i++) {
			body.append(event("{\"usage\":{\"prompt_tokens\":5,\"list" + i + "\":[" + "1,".repeat(1000) + "1]}}"));
		}
		WireReading reading = read(body.toString());
		assertThat(reading.readable()).isFalse();
		assertThat(reading.body()).hasSizeLessThan(50);
	}

	@Test
	void aBrokenEventEndsWithItsBlankLine() {
		assertThat(read("data: {\"choices\":[{\"delta\":\"x\n\n" + event("{\"usage\":{\"prompt_tokens\":5}}")).body())
			.isEqualTo(Map.of("prompt_tokens", 5));
	}

	@Test
	void anEventMayHaveSeveralLinesOfData() {
		assertThat(read("data: {\"usage\":{\ndata: \"prompt_tokens\":5,\ndata: \"completion_tokens\":6}}\n\n").body())
			.isEqualTo(Map.of("prompt_tokens", 5, "completion_tokens", 6));
	}

	@Test
	void noiseIsSafe() {
		Random random = new Random(7);
		byte[] alphabet = "{}[]\":,\\ \r\nusagedata01".getBytes(StandardCharsets.UTF_8);
		for (int round = 0; round < 2000; round++) {
			byte[] noise = new byte[random.nextInt(200)];
			for (int i = 0; i < noise.length; i++) {
				noise[i] = (random.nextInt(20) == 0) ? (byte) random.nextInt()
						: alphabet[random.nextInt(alphabet.length)];
			}
			WireUsage usage = new WireUsage();
			new UsageReader(usage).read(noise, 0, noise.length);
			usage.reading();
		}
	}

	private static String event(String data) {
		return "data: " + data + "\n\n";
	}

	private static WireReading read(String body) {
		WireReading reading = reading(body);
		assertThat(reading).isNotNull();
		return reading;
	}

	private static WireReading reading(String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return read(bytes, bytes.length);
	}

	private static WireReading read(byte[] bytes, int cut) {
		WireUsage usage = new WireUsage();
		UsageReader reader = new UsageReader(usage);
		reader.read(bytes, 0, cut);
		reader.read(bytes, cut, bytes.length);
		usage.ended();
		return usage.reading();
	}

}
