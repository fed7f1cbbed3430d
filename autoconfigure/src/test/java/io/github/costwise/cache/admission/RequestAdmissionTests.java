package io.github.costwise.cache.admission;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.DefaultToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;

import io.github.costwise.Attribution;
import io.github.costwise.Tier;
import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.partition.Answerer;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.partition.CacheRequest.AdvisorPath;
import io.github.costwise.cache.partition.TurnOwner;
import io.github.costwise.cache.policy.AdmissionRules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestAdmission}.
 */
@Tag("unit")
class RequestAdmissionTests {

	private static final AdmissionRules RULES = AdmissionRules.defaults();

	private static final String QUESTION = "How do penguins sleep?";

	@Test
	void plainQuestionMayUseTheCache() {
		assertThat(check(prompt(QUESTION, null), RULES)).isNull();
		assertThat(check(prompt(QUESTION, ChatOptions.builder().model("m").build()), RULES)).isNull();
	}

	@Test
	void advisorThatMayNotBeSkippedComesFirst() {
		Prompt hot = prompt("What is the weather today?", ChatOptions.builder().temperature(2.0).build());
		assertThat(RequestAdmission.check(request(hot, new AdvisorPath(true, false)), RULES)).isEqualTo(Bypass.ADVISOR);
	}

	@Test
	void retrievalAloneIsDecidedByThePartition() {
		assertThat(RequestAdmission.check(request(prompt(QUESTION, null), new AdvisorPath(false, true)), RULES))
			.isNull();
	}

	@Test
	void temperatureHasABoundUnlessThereIsNone() {
		Prompt warm = prompt(QUESTION, ChatOptions.builder().temperature(1.0).build());
		Prompt hot = prompt(QUESTION, ChatOptions.builder().temperature(1.1).build());
		AdmissionRules any = new AdmissionRules(null, 10, 10, Set.of(), Set.of(), true, true);
		assertThat(check(warm, RULES)).isNull();
		assertThat(check(hot, RULES)).isEqualTo(Bypass.TEMPERATURE);
		assertThat(check(hot, any)).isNull();
	}

	@Test
	void offeredToolsMustBeAllowed() {
		Prompt look = prompt(QUESTION, tools("look"));
		Prompt both = prompt(QUESTION, tools("look", "buy"));
		assertThat(check(prompt(QUESTION, tools()), RULES)).isNull();
		assertThat(check(look, RULES)).isEqualTo(Bypass.TOOLS);
		assertThat(check(look, rules(Set.of("look"), true, true))).isNull();
		assertThat(check(both, rules(Set.of("look"), true, true))).isEqualTo(Bypass.TOOLS);
		assertThat(check(both, rules(Set.of("*"), true, true))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "What is the weather in Rome?", "What happened today?", "What's the latest gold price?" })
	void liveWordingKeepsOutUnlessItMayPass(String question) {
		assertThat(check(prompt(question, null), RULES)).isEqualTo(Bypass.LIVE_WORDING);
		assertThat(check(prompt(question, null), rules(Set.of(), false, true))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "What is my balance?", "Where is my last order?", "Who am I?" })
	void personalWordingKeepsOutUnlessItMayPass(String question) {
		assertThat(check(prompt(question, null), RULES)).isEqualTo(Bypass.PERSONAL_WORDING);
		assertThat(check(prompt(question, null), rules(Set.of(), true, false))).isNull();
	}

	@Test
	void onlyTheLastMessageIsRead() {
		Prompt before = new Prompt(List.of(new UserMessage("What is my balance today?"), new AssistantMessage("Ten."),
				new UserMessage(QUESTION)));
		assertThat(check(before, RULES)).isNull();
	}

	@Test
	void promptWithoutMessagesIsLeftToThePartition() {
		assertThat(check(new Prompt(List.of()), RULES)).isNull();
	}

	private static @Nullable Bypass check(Prompt prompt, AdmissionRules rules) {
		return RequestAdmission.check(request(prompt, AdvisorPath.CLEAR), rules);
	}

	private static CacheRequest request(Prompt prompt, AdvisorPath path) {
		TurnOwner owner = new TurnOwner(Attribution.NONE, "default", Tier.AUTO, null, Answerer.UNKNOWN);
		return new CacheRequest(prompt, Map.of(), owner, path, "turn", false);
	}

	private static Prompt prompt(String question, @Nullable ChatOptions options) {
		return new Prompt(List.of(new UserMessage(question)), options);
	}

	private static ToolCallingChatOptions tools(String... names) {
		return DefaultToolCallingChatOptions.builder()
			.toolCallbacks(List.of(names)
				.stream()
				.map((name) -> FunctionToolCallback.builder(name, (String input) -> "seen")
					.description("Looks")
					.inputType(String.class)
					.build())
				.toArray(FunctionToolCallback[]::new))
			.build();
	}

	private static AdmissionRules rules(Set<String> tools, boolean live, boolean personal) {
		return new AdmissionRules(1.0, 1_000, 50_000, tools, Set.of(), live, personal);
	}

}
