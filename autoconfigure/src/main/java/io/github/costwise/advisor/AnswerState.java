package io.github.costwise.advisor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.client.ChatClientAttributes;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.util.StringUtils;

import io.github.costwise.answer.Answer;
import io.github.costwise.answer.AnswerReader;
import io.github.costwise.answer.Ending;
import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.GatedAnswer.AnswerEnd;
import io.github.costwise.model.PartKind;
import io.github.costwise.text.JsonText;

/**
 * Tells how an answer ended: cut off, withheld, against its schema, or with calls of
 * tools that do not exist or get arguments they do not take. Thread-safe.
 */
final class AnswerState {

	private static final int MOST_SCHEMAS = 200;

	private static final JsonMapper mapper = new JsonMapper();

	private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

	/** The text of an answer without thoughts, empty when it has none. */
	static String text(ChatClientResponse response) {
		return AnswerReader.of(response.chatResponse()).text();
	}

	GatedAnswer candidate(ChatClientRequest request, Answer answer) {
		String text = answer.text();
		return GatedAnswer.of(text).in(state(request, answer, text));
	}

	private AnswerEnd state(ChatClientRequest request, Answer answer, String text) {
		List<AssistantMessage.ToolCall> calls = answer.toolCalls();
		if (!calls.isEmpty()) {
			return areValid(calls, request.prompt().getOptions()) ? AnswerEnd.TOOL_CALLS : AnswerEnd.INVALID;
		}
		if (answer.ending() == Ending.FILTERED || answer.has(PartKind.REFUSAL)) {
			return AnswerEnd.WITHHELD;
		}
		if (answer.ending() == Ending.LENGTH && !isLimited(request.prompt().getOptions())) {
			return AnswerEnd.TRUNCATED;
		}
		String schema = schema(request);
		return (schema == null || follows(unfenced(text), schema)) ? AnswerEnd.COMPLETE : AnswerEnd.INVALID;
	}

	/** What the request itself limits, a more capable model would cut off too. */
	private static boolean isLimited(@Nullable ChatOptions options) {
		return options != null && options.getMaxTokens() != null;
	}

	private static @Nullable String schema(ChatClientRequest request) {
		Object schema = request.context().get(ChatClientAttributes.STRUCTURED_OUTPUT_SCHEMA.getKey());
		if (schema instanceof String text && StringUtils.hasText(text)) {
			return text;
		}
		if (request.prompt().getOptions() instanceof StructuredOutputChatOptions options
				&& options.getOutputSchema() != null) {
			return options.getOutputSchema();
		}
		Object format = request.context().get(ChatClientAttributes.OUTPUT_FORMAT.getKey());
		return (format instanceof String text) ? within(text) : null;
	}

	/** Spring AI's converters write the schema into the text that asks for it. */
	private static @Nullable String within(String format) {
		int from = format.indexOf('{');
		int to = format.lastIndexOf('}');
		String json = (from >= 0 && to > from) ? format.substring(from, to + 1) : "";
		return json.contains("\"$schema\"") ? json : null;
	}

	private boolean areValid(List<AssistantMessage.ToolCall> calls, @Nullable ChatOptions options) {
		if (!(options instanceof ToolCallingChatOptions tooled) || tooled.getToolCallbacks() == null) {
			return true;
		}
		return calls.stream().allMatch((call) -> isValid(call, tooled.getToolCallbacks()));
	}

	private boolean isValid(AssistantMessage.ToolCall call, List<ToolCallback> tools) {
		for (ToolCallback tool : tools) {
			if (tool.getToolDefinition().name().equals(call.name())) {
				return follows(StringUtils.hasText(call.arguments()) ? call.arguments() : "{}",
						tool.getToolDefinition().inputSchema());
			}
		}
		return false;
	}

	private boolean follows(String json, String schema) {
		try {
			JsonNode node = JsonText.read(mapper, json);
			Schema compiled = compiled(schema);
			return compiled == null || compiled.validate(node).isEmpty();
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	/** A schema that cannot be read rejects nothing. */
	private @Nullable Schema compiled(String schema) {
		Schema known = this.schemas.get(schema);
		if (known != null) {
			return known;
		}
		try {
			Schema compiled = this.registry.getSchema(mapper.readTree(schema));
			if (this.schemas.size() < MOST_SCHEMAS) {
				this.schemas.put(schema, compiled);
			}
			return compiled;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	/** Converters accept JSON in a code fence. */
	private static String unfenced(String text) {
		String trimmed = text.strip();
		if (!trimmed.startsWith("```") || !trimmed.endsWith("```") || trimmed.length() < 6) {
			return trimmed;
		}
		int line = trimmed.indexOf('\n');
		return (line < 0) ? trimmed : trimmed.substring(line + 1, trimmed.length() - 3).strip();
	}

}
