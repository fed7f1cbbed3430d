package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.anthropic.TypedMessage;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TargetHistory}.
 */
@Tag("thorough")
class TargetHistoryTests {

	@ParameterizedTest
	@EnumSource(MessageDialect.class)
	void nothingChangesWhereNothingHasTo(MessageDialect dialect) {
		List<Message> messages = List.of(new SystemMessage("S"), new UserMessage("Q"),
				calls(call("call12345", "a"), call("call12346", "b")),
				results(result("call12345", "a"), result("call12346", "b")), new AssistantMessage("A"),
				new UserMessage("Q2"));
		assertThat(TargetHistory.of(messages, dialect, "any")).isSameAs(messages);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "ä", "functions.status:0", "12345678901234567890123456789012345678901" })
	void refusedIdsAreReplacedInCallAndResult(String id) {
		List<Message> converted = TargetHistory.of(List.of(calls(call(id, "a")), results(result(id, "a"))),
				MessageDialect.OPENAI, "gpt-4o");
		assertThat(ids(converted)).containsExactly("call00001", "call00001");
		assertThat(((ToolResponseMessage) converted.get(1)).getResponses().get(0).responseData()).isEqualTo("1");
	}

	@Test
	void missingIdsAreReplaced() {
		List<Message> messages = List.of(calls(call(null, "a"), call(null, "b")),
				results(result(null, "b"), result(null, "a")));
		assertThat(ids(TargetHistory.of(messages, MessageDialect.ANTHROPIC, "claude"))).containsExactly("call00001",
				"call00002", "call00002", "call00001");
		assertThat(TargetHistory.of(messages, MessageDialect.OLLAMA, "llama")).isSameAs(messages);
	}

	@Test
	void blankIdsOfTheSameToolArePairedInOrder() {
		List<Message> messages = List.of(calls(call("", "a"), call("", "a")), results(result("", "a")),
				results(result("", "a")), calls(call("", "a")), results(result("", "a")));
		assertThat(ids(TargetHistory.of(messages, MessageDialect.ANTHROPIC, "claude"))).containsExactly("call00001",
				"call00002", "call00001", "call00002", "call00003", "call00003");
	}

	@Test
	void newIdsAvoidThoseThatAreThere() {
		List<Message> messages = List.of(calls(call("", "a")), results(result("", "a")), calls(call("call00001", "a")),
				results(result("call00001", "a")));
		assertThat(ids(TargetHistory.of(messages, MessageDialect.OPENAI, "gpt-4o"))).containsExactly("call00002",
				"call00002", "call00001", "call00001");
	}

	@Test
	void idsThatComeAgainAreReplacedWhereTheyMustBeUnique() {
		List<Message> messages = List.of(calls(call("call_1", "a")), results(result("call_1", "a")),
				calls(call("call_1", "a")), results(result("call_1", "a")));
		assertThat(ids(TargetHistory.of(messages, MessageDialect.ANTHROPIC, "claude"))).containsExactly("call_1",
				"call_1", "call00001", "call00001");
		assertThat(TargetHistory.of(messages, MessageDialect.OPENAI, "gpt-4o")).isSameAs(messages);
	}

	@Test
	void mistralTakesNineCharactersOnly() {
		List<Message> messages = List.of(calls(call("toolu_01ABC", "a")), results(result("toolu_01ABC", "a")));
		assertThat(ids(TargetHistory.of(messages, MessageDialect.MISTRAL, "mistral"))).containsExactly("call00001",
				"call00001");
	}

	@Test
	void randomConversationsStayPairedAndDoNotDependOnAnythingElse() {
		Random random = new Random(20261123);
		String[] ids = { null, "", "call_1", "call00001", "a b", "x".repeat(50), "toolu_9" };
		for (int run = 0; run < 2000; run++) {
			List<Message> messages = new ArrayList<>();
			for (int round = random.nextInt(4); round >= 0; round--) {
				List<ToolCall> calls = new ArrayList<>();
				List<ToolResponse> results = new ArrayList<>();
				for (int i = random.nextInt(3); i >= 0; i--) {
					String id = ids[random.nextInt(ids.length)];
					String data = messages.size() + "/" + i;
					calls.add(new ToolCall(id, "function", data, "{}"));
					results.add(random.nextInt(results.size() + 1), new ToolResponse(id, data, "\"" + data + "\""));
				}
				messages.add(AssistantMessage.builder().toolCalls(calls).build());
				messages.add(ToolResponseMessage.builder().responses(results).build());
			}
			for (MessageDialect dialect : MessageDialect.values()) {
				List<Message> converted = TargetHistory.of(messages, dialect, "any");
				assertPaired(converted, dialect);
				assertThat(ids(TargetHistory.of(List.copyOf(messages), dialect, "any"))).isEqualTo(ids(converted));
				assertThat(TargetHistory.of(converted, dialect, "any")).isSameAs(converted);
			}
		}
	}

	private static void assertPaired(List<Message> messages, MessageDialect dialect) {
		List<String> all = new ArrayList<>();
		for (int i = 0; i < messages.size(); i += 2) {
			List<ToolCall> calls = ((AssistantMessage) messages.get(i)).getToolCalls();
			List<ToolResponse> results = ((ToolResponseMessage) messages.get(i + 1)).getResponses();
			assertThat(results).hasSameSizeAs(calls);
			for (ToolCall call : calls) {
				assertThat(dialect.takesId(call.id())).isTrue();
				assertThat(results).filteredOn((result) -> result.name().equals(call.name()))
					.singleElement()
					.satisfies((result) -> assertThat(result.id()).isEqualTo(call.id()));
				all.add(call.id());
			}
		}
		if (dialect.wantsUniqueIds()) {
			assertThat(all).doesNotHaveDuplicates();
		}
	}

	@Test
	void blankArgumentsBecomeAnEmptyObject() {
		List<Message> messages = List.of(calls(new ToolCall("call_1", "function", "a", "")));
		AssistantMessage message = (AssistantMessage) TargetHistory.of(messages, MessageDialect.GOOGLE, "gemini")
			.get(0);
		assertThat(message.getToolCalls().get(0).arguments()).isEqualTo("{}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "plain text", "", "{broken" })
	void resultsBecomeJsonForGoogle(String data) {
		List<Message> messages = List.of(results(new ToolResponse("1", "a", data)));
		ToolResponseMessage message = (ToolResponseMessage) TargetHistory.of(messages, MessageDialect.GOOGLE, "gemini")
			.get(0);
		assertThat(message.getResponses().get(0).responseData()).isEqualTo("\"" + data + "\"");
		assertThat(TargetHistory.of(messages, MessageDialect.OPENAI, "gpt-4o")).isSameAs(messages);
	}

	@Test
	void messageTypesOfOtherClientsBecomePlain() {
		AssistantMessage typed = new TypedMessage("A", Map.of("k", "v"));
		Message plain = TargetHistory.of(List.of(typed), MessageDialect.OPENAI, "gpt-4o").get(0);
		assertThat(plain.getClass()).isEqualTo(AssistantMessage.class);
		assertThat(plain.getText()).isEqualTo("A");
		assertThat(plain.getMetadata()).containsEntry("k", "v");
		assertThat(TargetHistory.of(List.of(typed), MessageDialect.ANTHROPIC, "claude").get(0)).isSameAs(typed);
		assertThat(TargetHistory.of(List.of(typed), MessageDialect.OTHER, "other").get(0).getClass())
			.isEqualTo(AssistantMessage.class);
	}

	@Test
	void messageTypesOfTheApplicationStay() {
		AssistantMessage own = new AssistantMessage("A") {
		};
		assertThat(TargetHistory.of(List.of(own), MessageDialect.OPENAI, "gpt-4o").get(0)).isSameAs(own);
	}

	@Test
	void signaturesOfGeminiStayWithGoogle() {
		AssistantMessage signed = AssistantMessage.builder()
			.properties(Map.of("thoughtSignatures", List.of(new byte[] { 1 })))
			.toolCalls(List.of(call("call_1", "a")))
			.build();
		assertThat(TargetHistory.of(List.of(signed), MessageDialect.GOOGLE, "gemini-3-pro").get(0)).isSameAs(signed);
		assertThat(TargetHistory.of(List.of(signed), MessageDialect.ANTHROPIC, "claude").get(0).getMetadata())
			.doesNotContainKey("thoughtSignatures");
	}

	@Test
	void callsOfOtherModelsAreSignedForGemini3() {
		List<Message> messages = List.of(calls(call("call_1", "a")));
		assertThat(TargetHistory.of(messages, MessageDialect.GOOGLE, "gemini-2.5-pro")).isSameAs(messages);
		assertThat(TargetHistory.of(messages, MessageDialect.GOOGLE, "gemini-3-pro").get(0).getMetadata())
			.containsKey("thoughtSignatures");
	}

	@Test
	void reasoningOfOthersIsNotSentToOpenAi() {
		AssistantMessage reasoned = AssistantMessage.builder()
			.content("A")
			.properties(Map.of("reasoningContent", "thought", "id", "1"))
			.build();
		assertThat(TargetHistory.of(List.of(reasoned), MessageDialect.OPENAI, "gpt-4o").get(0).getMetadata())
			.doesNotContainKey("reasoningContent")
			.containsKey("id");
		assertThat(TargetHistory.of(List.of(reasoned), MessageDialect.OPENAI, "deepseek-reasoner").get(0))
			.isSameAs(reasoned);
	}

	@Test
	void emptyAnswersAreLeftOutWhereTheyAreRefused() {
		List<Message> messages = List.of(new UserMessage("Q"), new AssistantMessage(""), new UserMessage("Q2"));
		assertThat(TargetHistory.of(messages, MessageDialect.ANTHROPIC, "claude")).containsExactly(messages.get(0),
				messages.get(2));
		assertThat(TargetHistory.of(messages, MessageDialect.OPENAI, "gpt-4o")).isSameAs(messages);
	}

	@Test
	void googleGetsOneSystemMessage() {
		List<Message> messages = List.of(new SystemMessage(""), new SystemMessage("B"), new UserMessage("Q"),
				new SystemMessage("C"));
		assertThat(TargetHistory.of(messages, MessageDialect.GOOGLE, "gemini")).extracting(Message::getText)
			.containsExactly("B\n\nC", "Q");
	}

	@Test
	void mediaBecomeBytesWhereTheirTextWouldNotBeTaken() {
		byte[] image = { 1, 2, 3 };
		String base64 = Base64.getEncoder().encodeToString(image);
		Message dataUrl = user("data:image/png;base64," + base64);
		Message bare = user(base64);
		Message address = user("https://example.org/a.png");
		for (MessageDialect dialect : MessageDialect.values()) {
			assertThat(data(dataUrl, dialect)).isEqualTo(
					(dialect == MessageDialect.OPENAI) ? ((UserMessage) dataUrl).getMedia().get(0).getData() : image);
			boolean text = dialect == MessageDialect.ANTHROPIC || dialect == MessageDialect.OLLAMA;
			assertThat(data(bare, dialect)).isEqualTo(text ? base64 : image);
			assertThat(data(address, dialect)).isEqualTo("https://example.org/a.png");
		}
	}

	private static Object data(Message message, MessageDialect dialect) {
		UserMessage user = (UserMessage) TargetHistory.of(List.of(message), dialect, "any").get(0);
		assertThat(user.getText()).isEqualTo("Q");
		return user.getMedia().get(0).getData();
	}

	private static UserMessage user(String data) {
		return UserMessage.builder()
			.text("Q")
			.media(Media.builder().mimeType(MimeTypeUtils.IMAGE_PNG).data(data).build())
			.build();
	}

	private static ToolCall call(String id, String name) {
		return new ToolCall(id, "function", name, "{\"x\":1}");
	}

	private static AssistantMessage calls(ToolCall... calls) {
		return AssistantMessage.builder().content("").toolCalls(List.of(calls)).build();
	}

	private static ToolResponse result(String id, String name) {
		return new ToolResponse(id, name, "1");
	}

	private static ToolResponseMessage results(ToolResponse... responses) {
		return ToolResponseMessage.builder().responses(Arrays.asList(responses)).build();
	}

	private static List<String> ids(List<Message> messages) {
		List<String> ids = new ArrayList<>();
		for (Message message : messages) {
			if (message instanceof AssistantMessage assistant) {
				assistant.getToolCalls().forEach((call) -> ids.add(call.id()));
			}
			if (message instanceof ToolResponseMessage results) {
				results.getResponses().forEach((result) -> ids.add(result.id()));
			}
		}
		return ids;
	}

}
