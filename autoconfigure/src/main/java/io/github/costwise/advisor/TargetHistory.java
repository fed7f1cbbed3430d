package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.util.StringUtils;

import io.github.costwise.text.JsonText;
import io.github.costwise.text.TextPattern;

/**
 * The messages of a conversation in a form that another provider takes. Calls of tools
 * and their results stay together and in order. A message that needs no change is the
 * same instance, and the result depends on nothing but the messages and the target. Used
 * for one conversation; not thread-safe.
 */
final class TargetHistory {

	private static final JsonMapper JSON = new JsonMapper();

	/** Read back by the client that wrote them, and nothing to anybody else. */
	private static final String SIGNATURES = "thoughtSignatures";

	/** The OpenAI client sends these on, and OpenAI itself refuses fields of others. */
	private static final Set<String> NOT_OPENAI = Set.of("reasoningContent", "openai.tool_calls.additional_properties");

	private static final TextPattern SIGNING = TextPattern.of("gemini-(?:[3-9]|\\d\\d)");

	/**
	 * Google's documented stand-in for the signature of a tool call that another model
	 * made. It is a text of the JSON, where bytes stand in base64.
	 */
	private static final List<byte[]> UNSIGNED = List
		.of(Base64.getUrlDecoder().decode("skip_thought_signature_validator"));

	private final List<Message> messages;

	private final MessageDialect dialect;

	private final boolean openAi;

	private final boolean signs;

	private final boolean refusesEmpty;

	private final ToolCallIds ids;

	private TargetHistory(List<Message> messages, MessageDialect dialect, @Nullable String model, ModelRules rules) {
		this.messages = messages;
		this.dialect = dialect;
		ModelFamily family = ModelFamily.of(model);
		this.openAi = family == ModelFamily.OPENAI || family == ModelFamily.OPENAI_REASONING;
		this.signs = dialect == MessageDialect.GOOGLE && model != null && SIGNING.isIn(model);
		this.refusesEmpty = dialect.refusesEmpty(rules);
		this.ids = new ToolCallIds(dialect.ofIds(rules, family), messages);
	}

	/** Returns the messages, the same list when nothing changes. */
	static List<Message> of(List<Message> messages, MessageDialect dialect, @Nullable String model) {
		return of(messages, dialect, model, ModelRules.of(model, null));
	}

	/**
	 * Returns the messages for a model with rules, the same list when nothing changes.
	 */
	static List<Message> of(List<Message> messages, MessageDialect dialect, @Nullable String model, ModelRules rules) {
		return new TargetHistory(messages, dialect, model, rules).convert();
	}

	private List<Message> convert() {
		List<Message> result = new ArrayList<>();
		for (Message message : this.messages) {
			Message converted = convert(message);
			if (converted != null) {
				result.add(converted);
			}
		}
		if (this.dialect.wantsOneSystemMessage()) {
			mergeSystemMessages(result);
		}
		return same(result) ? this.messages : result;
	}

	private boolean same(List<Message> result) {
		if (result.size() != this.messages.size()) {
			return false;
		}
		for (int i = 0; i < result.size(); i++) {
			if (result.get(i) != this.messages.get(i)) {
				return false;
			}
		}
		return true;
	}

	private @Nullable Message convert(Message message) {
		if (message instanceof AssistantMessage assistant) {
			return convert(assistant);
		}
		if (message instanceof ToolResponseMessage results) {
			return convert(results);
		}
		return (message instanceof UserMessage user) ? convert(user) : message;
	}

	private UserMessage convert(UserMessage message) {
		List<Media> media = TargetMedia.of(message.getMedia(), this.dialect);
		return (media == message.getMedia()) ? message : message.mutate().media(media).build();
	}

	private ToolResponseMessage convert(ToolResponseMessage message) {
		List<ToolResponse> responses = this.ids.responses(message.getResponses());
		if (this.dialect.wantsJsonResults()) {
			responses = responses.stream().map(TargetHistory::withJson).toList();
		}
		return responses.equals(message.getResponses()) ? message
				: ToolResponseMessage.builder().responses(responses).metadata(message.getMetadata()).build();
	}

	private static ToolResponse withJson(ToolResponse response) {
		String data = response.responseData();
		return isJson(data) ? response
				: new ToolResponse(response.id(), response.name(), JSON.writeValueAsString((data != null) ? data : ""));
	}

	private static boolean isJson(@Nullable String text) {
		try {
			return StringUtils.hasText(text) && !JsonText.read(JSON, text).isMissingNode();
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	private @Nullable AssistantMessage convert(AssistantMessage message) {
		List<ToolCall> calls = withArguments(this.ids.calls(message.getToolCalls()));
		List<Media> media = TargetMedia.of(message.getMedia(), this.dialect);
		if (calls.isEmpty() && media.isEmpty() && !StringUtils.hasText(message.getText()) && this.refusesEmpty) {
			return null;
		}
		Map<String, Object> metadata = metadata(message);
		boolean kept = calls.equals(message.getToolCalls()) && media == message.getMedia()
				&& metadata == message.getMetadata();
		if (kept && !this.dialect.isForeign(message, AssistantMessage.class)) {
			return message;
		}
		return AssistantMessage.builder()
			.content(message.getText())
			.properties(metadata)
			.toolCalls(calls)
			.media(media)
			.build();
	}

	/** A tool without parameters is called with no arguments or with an empty object. */
	private static List<ToolCall> withArguments(List<ToolCall> calls) {
		return calls.isEmpty() ? calls
				: calls.stream()
					.map((call) -> StringUtils.hasText(call.arguments()) ? call
							: new ToolCall(call.id(), call.type(), call.name(), "{}"))
					.toList();
	}

	private Map<String, Object> metadata(AssistantMessage message) {
		Map<String, Object> metadata = message.getMetadata();
		boolean sign = this.signs && message.hasToolCalls() && !metadata.containsKey(SIGNATURES);
		if (!sign && metadata.keySet().stream().noneMatch((key) -> isRefused(key, metadata))) {
			return metadata;
		}
		Map<String, Object> changed = new HashMap<>(metadata);
		changed.keySet().removeIf((key) -> isRefused(key, metadata));
		if (sign) {
			changed.put(SIGNATURES, UNSIGNED);
		}
		return changed;
	}

	private boolean isRefused(String key, Map<String, Object> metadata) {
		if (key.equals(SIGNATURES)) {
			return this.dialect != MessageDialect.GOOGLE;
		}
		return this.openAi && NOT_OPENAI.contains(key) && !"".equals(metadata.get(key));
	}

	private static void mergeSystemMessages(List<Message> messages) {
		List<Message> system = messages.stream().filter(SystemMessage.class::isInstance).toList();
		if (system.size() > 1) {
			messages.removeIf(SystemMessage.class::isInstance);
			messages.add(0, new SystemMessage(
					String.join("\n\n", system.stream().map(Message::getText).filter(StringUtils::hasText).toList())));
		}
	}

}
