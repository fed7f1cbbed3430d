package io.github.costwise.cache.partition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.DefaultChatOptions;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.ai.tool.metadata.ToolMetadata;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.partition.CacheRequest.AdvisorPath;
import io.github.costwise.cache.partition.PartitionResult.Found;
import io.github.costwise.cache.partition.PartitionResult.None;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.CachePartitionResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must be equal before an answer is shared.
 */
@Tag("unit")
class PartitionsTests {

	private static final UserMessage QUESTION = new UserMessage("What is a cache?");

	private static final SystemMessage SYSTEM = new SystemMessage("Be brief.");

	private final Faults faults = new Faults();

	private final Partitions partitions = new Partitions("1.0", List.of(), this.faults);

	static Stream<Arguments> changes() {
		return Stream.of(change("tenant", (plain) -> plain.attribution("desk", "umbrella", "ann")),
				change("no tenant", (plain) -> plain.attribution("desk", null, "ann")),
				change("empty tenant", (plain) -> plain.attribution("desk", "", "ann")),
				change("user", (plain) -> plain.attribution("desk", "acme", "bob")),
				change("tenant and user swapped", (plain) -> plain.attribution("desk", "ann", "acme")),
				change("text moved between tenant and user", (plain) -> plain.attribution("desk", "acmea", "nn")),
				change("feature", (plain) -> plain.attribution("shop", "acme", "ann")),
				change("policy", (plain) -> plain.policy("other")),
				change("prompt version", (plain) -> plain.promptVersion("2")),
				change("prompt version and model swapped",
						(plain) -> plain.promptVersion("m1").answerer(Answerer.own("1"))),
				change("model", (plain) -> plain.answerer(Answerer.own("m2"))),
				change("routing", (plain) -> plain.answerer(Answerer.routed("m1", null))),
				change("target", (plain) -> plain.answerer(Answerer.routed("m1", "m1"))),
				change("system text", (plain) -> plain.messages(new SystemMessage("Be long."), QUESTION)),
				change("no system text", (plain) -> plain.messages(QUESTION)),
				change("two system texts",
						(plain) -> plain.messages(new SystemMessage("Be"), new SystemMessage(" brief."), QUESTION)),
				change("system text as user's", (plain) -> plain.messages(new UserMessage("Be brief."), QUESTION)),
				change("history",
						(plain) -> plain.messages(SYSTEM, new UserMessage("Hi"), new AssistantMessage("Yes?"),
								QUESTION)),
				change("output format", (plain) -> plain.output(Map.of("format", "JSON"))),
				change("temperature", (plain) -> plain.openAi((options) -> options.temperature(.3))),
				change("model", (plain) -> plain.openAi((options) -> options.model("gpt-5"))),
				change("tools", (plain) -> plain.openAi((options) -> options.toolCallbacks(List.of(tool("a", "b"))))),
				change("no options", (plain) -> plain.options(null)), change("options of another class",
						(plain) -> plain.options(ToolCallingChatOptions.builder().model("gpt-5-mini").build())));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("changes")
	void everyFieldIsPartOfThePartition(String name, Function<Requests, Requests> change) {
		assertThat(partition(change.apply(Requests.plain()))).isNotEqualTo(partition(Requests.plain()));
	}

	@Test
	void brokenSurrogatesAreTextsOfTheirOwn() {
		List<String> texts = List.of("\ud800", "\udfff", "\ud800\ud800", "\udc00\ud800", "\ud800\udc00", "?", "??",
				"\ufffd");
		Requests plain = Requests.plain();
		List<Function<String, Requests>> fields = List.of((text) -> plain.attribution("desk", text, "ann"),
				(text) -> plain.attribution("desk", "acme", text), (text) -> plain.attribution(text, "acme", "ann"),
				(text) -> plain.promptVersion(text), (text) -> plain.policy(text),
				(text) -> plain.messages(new SystemMessage("x" + text), QUESTION),
				(text) -> history(new UserMessage(text)), (text) -> plain.output(Map.of("format", text)),
				(text) -> plain.openAi((options) -> options.user(text)), (text) -> plain.answerer(Answerer.own(text)));
		for (Function<String, Requests> field : fields) {
			assertThat(texts.stream().map((text) -> partition(field.apply(text)))).doesNotHaveDuplicates();
		}
		assertThat(texts.stream()
			.map((text) -> question(plain.messages(SYSTEM, new UserMessage("x" + text))).key().request()))
			.doesNotHaveDuplicates();
	}

	@Test
	void longTextsCountToTheirEnds() {
		for (int length : new int[] { 1023, 1024, 1025, 3071, 3072, 3073, 10_000 }) {
			String text = "\u20ac".repeat(length - 1);
			assertThat(partition(history(new UserMessage(text + "a"))))
				.isNotEqualTo(partition(history(new UserMessage(text + "b"))))
				.isEqualTo(partition(history(new UserMessage(text + "a"))));
		}
	}

	@Test
	void longSystemTextsCountToTheirEndsHoweverOftenTheyCome() {
		String text = "Never promise a date of delivery. ".repeat(40);
		List<String> texts = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			int at = i * 6;
			texts.add(text.substring(0, at) + "\u2028" + text.substring(at + 1));
			texts.add(text.substring(0, at) + "!" + text.substring(at + 1));
		}
		texts.add(text.repeat(30));
		texts.add(text.repeat(30) + "!");
		List<String> first = texts.stream().map(this::system).toList();
		assertThat(first).doesNotHaveDuplicates();
		assertThat(texts.stream().map((one) -> system(String.valueOf(one.toCharArray())))).isEqualTo(first);
	}

	private String system(String text) {
		return partition(Requests.plain().messages(new SystemMessage(text), QUESTION));
	}

	@Test
	void optionsThatAreChangedAfterwardsAreReadAgain() {
		Map<String, Object> extra = new HashMap<>(Map.of("guided_choice", "a"));
		List<String> stops = new ArrayList<>(List.of("a"));
		Requests changing = Requests.plain().options(new Changing(extra, stops));
		List<String> seen = new ArrayList<>();
		seen.add(partition(changing));
		extra.put("guided_choice", "b");
		seen.add(partition(changing));
		stops.set(0, "b");
		seen.add(partition(changing));
		assertThat(seen).doesNotHaveDuplicates();
		assertThat(partition(changing)).isEqualTo(seen.get(2));
	}

	@Test
	void modelThatIsNotKnownStaysOut() {
		assertThat(none(Requests.plain().answerer(Answerer.UNKNOWN))).isEqualTo(Bypass.MODEL_UNKNOWN);
	}

	@Test
	void theQuestionIsNot() {
		PartitionedQuestion one = question(Requests.plain());
		PartitionedQuestion other = question(Requests.plain().messages(SYSTEM, new UserMessage("What is a heap?")));
		assertThat(one.key().partition()).isEqualTo(other.key().partition());
		assertThat(one.key().request()).isNotEqualTo(other.key().request());
		assertThat(one.toString()).doesNotContain("cache?");
	}

	@Test
	void applicationVersionEncoderAndSharingArePartOfIt() {
		CacheRequest request = Requests.plain().build();
		Partitions newer = new Partitions("1.1", List.of(), this.faults);
		assertThat(List.of(partition(this.partitions.of(request, false, null, 1000)),
				partition(newer.of(request, false, null, 1000)),
				partition(this.partitions.of(request, false, "mini:1", 1000)),
				partition(this.partitions.of(request, false, "mini:2", 1000)),
				partition(this.partitions.of(request, true, null, 1000))))
			.doesNotHaveDuplicates();
	}

	@Test
	void sharingLeavesOutTheUserAndNothingElse() {
		Requests ann = Requests.plain();
		assertThat(shared(ann.attribution("desk", "acme", "bob"))).isEqualTo(shared(ann))
			.isEqualTo(shared(ann.attribution("desk", "acme", null)));
		assertThat(shared(ann.attribution("desk", "umbrella", "ann"))).isNotEqualTo(shared(ann));
		assertThat(shared(ann.attribution("shop", "acme", "ann"))).isNotEqualTo(shared(ann));
	}

	@Test
	void historyCountsWithRolesOrderAndTools() {
		List<Requests> histories = List.of(history(new UserMessage("a"), new AssistantMessage("b")),
				history(new UserMessage("b"), new AssistantMessage("a")),
				history(new AssistantMessage("a"), new UserMessage("b")), history(new UserMessage("ab")),
				history(new UserMessage("a"), call("look", "{}")),
				history(new UserMessage("a"), call("look", "{\"x\":1}")),
				history(new UserMessage("a"), call("find", "{}")),
				history(new UserMessage("a"), call("look", "{}"), response("look", "1")),
				history(new UserMessage("a"), call("look", "{}"), response("look", "2")));
		assertThat(histories.stream().map((history) -> partition(history))).doesNotHaveDuplicates();
		assertThat(histories).allSatisfy((history) -> assertThat(question(history).followUp()).isTrue());
		assertThat(question(Requests.plain()).followUp()).isFalse();
	}

	@Test
	void toolsCountByNameDescriptionSchemaAndReturn() {
		ToolCallback plain = tool("look", "Looks");
		List<List<ToolCallback>> offers = List.of(List.of(), List.of(plain), List.of(tool("find", "Looks")),
				List.of(tool("look", "Finds")),
				List.of(FunctionToolCallback.builder("look", (String in) -> in)
					.description("Looks")
					.inputType(Map.class)
					.build()),
				List.of(FunctionToolCallback.builder("look", (String in) -> in)
					.description("Looks")
					.inputType(String.class)
					.toolMetadata(ToolMetadata.builder().returnDirect(true).build())
					.build()),
				List.of(plain, tool("b", "Looks")));
		assertThat(offers.stream().map((tools) -> partition(offering(tools)))).doesNotHaveDuplicates();
		assertThat(partition(offering(List.of(tool("b", "Looks"), plain))))
			.isEqualTo(partition(offering(offers.get(6))));
	}

	@Test
	void toolContextCountsWhereToolsMayRun() {
		Requests plain = offering(List.of(tool("a", "b")));
		Requests context = Requests.plain()
			.openAi((options) -> options.toolCallbacks(List.of(tool("a", "b"))).toolContext(Map.of("rights", "all")));
		assertThat(partition(plain)).isNotEqualTo(partition(context));
		assertThat(partition(Requests.plain().openAi((options) -> options.toolContext(Map.of("rights", "all")))))
			.isEqualTo(partition(Requests.plain()));
		assertThat(none(Requests.plain()
			.openAi((options) -> options.toolCallbacks(List.of(tool("a", "b")))
				.toolContext(Map.of("rights", new Object())))))
			.isEqualTo(Bypass.OPTIONS);
	}

	@Test
	void orderOfMapsAndSetsDoesNotCount() {
		Map<String, String> one = new LinkedHashMap<>(Map.of("a", "1"));
		one.put("b", "2");
		Map<String, String> other = new LinkedHashMap<>(Map.of("b", "2"));
		other.put("a", "1");
		assertThat(partition(Requests.plain().openAi((options) -> options.metadata(one))))
			.isEqualTo(partition(Requests.plain().openAi((options) -> options.metadata(other))));
		assertThat(digest(new LinkedHashSet<>(List.of("x", "y"))))
			.isEqualTo(digest(new LinkedHashSet<>(List.of("y", "x"))));
		assertThat(digest(List.of("x", "y"))).isNotEqualTo(digest(List.of("y", "x")));
	}

	@Test
	void valuesOfOtherKindsNeverMeet() {
		assertThat(Stream
			.of(null, "", List.of(), Set.of(), Map.of(), List.of(""), List.of("a"), "a", "\u0001", Set.of("a"),
					Map.of("a", ""), 1, 1L, 1.0, true, "1", List.of("a", "b"), List.of(List.of("a"), "b"),
					List.of("a", List.of("b")), new Pair("a", "b"), new Pair("ab", ""), new Pair("", "ab"), Kind.A)
			.map(PartitionsTests::digest)).doesNotHaveDuplicates();
	}

	@Test
	void valuesThatDoNotSayWhatTheyHoldAreUnreadable() {
		for (Object value : List.of(new Object(), new int[] { 1 }, new Wrapper(new Object()), List.of(new Object()),
				Map.of("a", new Object()), new Pair("a", new Object()))) {
			Requests extra = Requests.plain().openAi((options) -> options.extraBody(Map.of("own", value)));
			assertThat(none(extra)).as("%s", value.getClass()).isEqualTo(Bypass.OPTIONS);
		}
	}

	@Test
	void resolversAddFieldsAndMayKeepOut() {
		Requests plain = Requests.plain();
		assertThat(Stream
			.of(fields(), fields(Map.of()), fields(Map.of("a", "1")), fields(Map.of("a", "2")),
					fields(Map.of("b", "1")), fields(Map.of("a", "1", "b", "2")),
					fields(Map.of("a", "1"), Map.of("a", "2")), fields(Map.of("a", "2"), Map.of("a", "1")),
					fields(Map.of("a", "1"), Map.of("b", "2")))
			.map((partitions) -> partition(partitions.of(plain.build(), false, null, 1000)))).doesNotHaveDuplicates();
		CachePartitionResolver refusing = (prompt, attribution) -> null;
		CachePartitionResolver failing = (prompt, attribution) -> {
			throw new IllegalStateException("no rights");
		};
		for (CachePartitionResolver resolver : List.of(refusing, failing)) {
			assertThat(new Partitions(null, List.of(resolver), this.faults).of(plain.build(), false, null, 1000))
				.isEqualTo(new None(Bypass.RESOLVER, "a CachePartitionResolver"));
		}
		assertThat(this.faults.count(Faults.Kind.CACHE)).isOne();
	}

	@Test
	void retrievalNeedsTheCorpus() {
		Requests retrieving = Requests.plain().path(new AdvisorPath(false, true));
		assertThat(none(retrieving)).isEqualTo(Bypass.CORPUS);
		CacheRequest request = retrieving.build();
		assertThat(fields(Map.of("other", "1")).of(request, false, null, 1000)).isInstanceOf(None.class);
		assertThat(partition(fields(Map.of("corpus", "1")).of(request, false, null, 1000)))
			.isNotEqualTo(partition(fields(Map.of("corpus", "2")).of(request, false, null, 1000)));
	}

	@Test
	void whatIsNoQuestionInPlainTextStaysOut() {
		Media image = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1 }));
		UserMessage shown = UserMessage.builder().text("What is this?").media(image).build();
		assertThat(none(Requests.plain().messages(new Message[0]))).isEqualTo(Bypass.NO_QUESTION);
		assertThat(none(Requests.plain().messages(SYSTEM))).isEqualTo(Bypass.NO_QUESTION);
		assertThat(none(Requests.plain().messages(new UserMessage("  ")))).isEqualTo(Bypass.NO_QUESTION);
		assertThat(none(Requests.plain().messages(QUESTION, new AssistantMessage("It is"))))
			.isEqualTo(Bypass.NO_QUESTION);
		assertThat(none(Requests.plain().messages(QUESTION, response("look", "1")))).isEqualTo(Bypass.NO_QUESTION);
		assertThat(none(Requests.plain().messages(shown))).isEqualTo(Bypass.MEDIA);
		assertThat(none(Requests.plain().messages(shown, new AssistantMessage("A cat"), QUESTION)))
			.isEqualTo(Bypass.MEDIA);
	}

	@Test
	void spaceAndCompositionDoNotCountButCaseAndLayoutDo() {
		assertThat(id("  What is\u00a0a  cache? ")).isEqualTo(id("What is a cache?"));
		assertThat(id("Caf\u00e9?")).isEqualTo(id("Cafe\u0301?"));
		assertThat(
				Stream.of("What is US?", "What is us?", "def f():\n  a", "def f():\n a", "`a  b`", "`a b`", "ab", "a b")
					.map(this::id))
			.doesNotHaveDuplicates();
	}

	private static Arguments change(String name, Function<Requests, Requests> change) {
		return Arguments.of(name, change);
	}

	private static Requests history(Message... before) {
		List<Message> messages = new ArrayList<>(List.of(SYSTEM));
		messages.addAll(List.of(before));
		messages.add(QUESTION);
		return Requests.plain().messages(messages.toArray(Message[]::new));
	}

	private static AssistantMessage call(String name, String arguments) {
		return AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", name, arguments)))
			.build();
	}

	private static ToolResponseMessage response(String name, String data) {
		return ToolResponseMessage.builder()
			.responses(List.of(new ToolResponseMessage.ToolResponse("1", name, data)))
			.build();
	}

	private static ToolCallback tool(String name, String description) {
		return FunctionToolCallback.builder(name, (String in) -> in)
			.description(description)
			.inputType(String.class)
			.build();
	}

	private static Requests offering(List<ToolCallback> tools) {
		return Requests.plain().openAi((options) -> options.toolCallbacks(tools));
	}

	@SafeVarargs
	private Partitions fields(Map<String, String>... fields) {
		List<CachePartitionResolver> resolvers = Stream.of(fields)
			.<CachePartitionResolver>map((map) -> (prompt, attribution) -> map)
			.toList();
		return new Partitions("1.0", resolvers, this.faults);
	}

	private static String digest(@Nullable Object value) {
		try {
			FieldDigest digest = new FieldDigest();
			DigestedValues.add(value, digest);
			return digest.toHex();
		}
		catch (DigestedValues.UnreadableException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String id(String question) {
		return question(Requests.plain().messages(SYSTEM, new UserMessage(question))).key().id();
	}

	private String shared(Requests request) {
		return partition(this.partitions.of(request.build(), true, null, 1000));
	}

	private String partition(Requests request) {
		return question(request).key().partition();
	}

	private static String partition(PartitionResult result) {
		return ((Found) result).question().key().partition();
	}

	private PartitionedQuestion question(Requests request) {
		return ((Found) this.partitions.of(request.build(), false, null, 1000)).question();
	}

	private Bypass none(Requests request) {
		return ((None) this.partitions.of(request.build(), false, null, 1000)).reason();
	}

	private enum Kind {

		A

	}

	record Pair(Object one, Object other) {

	}

	/** Says of what it holds only which object it is. */
	static final class Wrapper {

		private final Object value;

		Wrapper(Object value) {
			this.value = value;
		}

		@Override
		public String toString() {
			return "Wrapper[" + this.value + "]";
		}

	}

	/** Options whose owner keeps what they hold. */
	public static final class Changing extends DefaultChatOptions {

		private final Map<String, Object> extra;

		private final List<String> stops;

		Changing(Map<String, Object> extra, List<String> stops) {
			super(null, null, null, null, null, null, null, null);
			this.extra = extra;
			this.stops = stops;
		}

		public Map<String, Object> getExtra() {
			return this.extra;
		}

		@Override
		public List<String> getStopSequences() {
			return this.stops;
		}

	}

}
