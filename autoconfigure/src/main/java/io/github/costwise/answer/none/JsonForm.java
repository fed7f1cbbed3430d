package io.github.costwise.answer.none;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.costwise.model.NonAnswer;

/**
 * Judges JSON: what has no values is empty, what only tells of a failure is an error, and
 * what has no values but sentences that do not answer is as these are.
 */
final class JsonForm {

	private static final int LONGEST = 4_000;

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final Set<String> FAILURES = Set.of("error", "errors", "fault", "exception", "error_code",
			"errorcode", "error_message", "errormessage", "error_description");

	/** What stands beside a failure and is no answer. */
	private static final Set<String> BESIDE = Set.of("message", "msg", "detail", "details", "title", "status",
			"statuscode", "status_code", "code", "type", "success", "ok", "timestamp", "path", "instance", "request_id",
			"requestid", "trace_id", "traceid", "param", "retry_after", "reason", "data", "result", "response");

	private final BooleanSupplier askedFailure;

	private final Function<String, @Nullable NonAnswer> words;

	JsonForm(BooleanSupplier askedFailure, Function<String, @Nullable NonAnswer> words) {
		this.askedFailure = askedFailure;
		this.words = words;
	}

	@Nullable NonAnswer judge(String text) {
		if (text.length() > LONGEST) {
			return null;
		}
		try {
			JsonNode node = JSON.readTree(text);
			if (isFailure(node) && !this.askedFailure.getAsBoolean()) {
				return NonAnswer.ERROR;
			}
			FoundForm found = new FoundForm();
			look(node, found);
			return found.kind();
		}
		catch (JacksonException ex) {
			return this.words.apply(text);
		}
	}

	private boolean isFailure(JsonNode node) {
		boolean failed = false;
		for (Map.Entry<String, JsonNode> field : node.properties()) {
			String name = field.getKey().toLowerCase(Locale.ROOT);
			boolean failure = FAILURES.contains(name);
			if (!failure && !BESIDE.contains(name)) {
				return false;
			}
			failed |= failure ? isSet(field.getValue()) : tells(name, field.getValue());
		}
		return failed;
	}

	private static boolean isSet(JsonNode value) {
		return !value.isNull() && !(value.isContainer() && value.isEmpty())
				&& !(value.isBoolean() && !value.asBoolean()) && !(value.isString() && value.asString().isBlank())
				&& !(value.isNumber() && value.asDouble() == 0);
	}

	private boolean tells(String name, JsonNode value) {
		return switch (name) {
			case "success", "ok" -> value.isBoolean() && !value.asBoolean();
			case "status", "statuscode", "status_code", "code" ->
				(value.isInt() && value.asInt() >= 400 && value.asInt() < 600) || (value.isString()
						&& Set.of("error", "fail", "failed", "failure").contains(value.asString()));
			default -> value.isString() && this.words.apply(value.asString()) == NonAnswer.ERROR;
		};
	}

	private void look(JsonNode node, FoundForm found) {
		if (node.isContainer()) {
			node.forEach((child) -> look(child, found));
		}
		else if (node.isString() && !Forms.isPlaceholder(node.asString())) {
			found.add(this.words.apply(node.asString()));
		}
		else if (node.isNumber() || node.isBoolean()) {
			found.weak |= isSet(node) ? 2 : 1;
		}
	}

	private static final class FoundForm {

		private @Nullable NonAnswer first;

		private boolean content;

		/** Bits: a value that may be a default, another value. */
		private int weak;

		void add(@Nullable NonAnswer kind) {
			this.content |= kind == null;
			this.first = (this.first != null) ? this.first : kind;
		}

		@Nullable NonAnswer kind() {
			if (this.content || this.weak > 1) {
				return null;
			}
			if (this.first != null) {
				return this.first;
			}
			return (this.weak == 0) ? NonAnswer.EMPTY : null;
		}

	}

}
