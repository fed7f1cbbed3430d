package io.github.costwise.cache.admission;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.costwise.model.NonAnswer;
import io.github.costwise.spi.NonAnswerRule;
import io.github.costwise.text.JsonText;

/**
 * Judges the text of an answer to one question. Immutable and thread-safe as far as the
 * rule is.
 *
 * @param rule tells texts that do not answer
 * @param question what was asked, possibly empty
 * @param wantsJson whether JSON was asked for
 * @since 0.1.0
 */
public record AnswerWording(NonAnswerRule rule, String question, boolean wantsJson) {

	private static final JsonMapper JSON = JsonMapper.shared();

	@Nullable Refusal check(String text) {
		if (this.wantsJson && !isJson(text)) {
			return Refusal.SCHEMA;
		}
		NonAnswer none = this.rule.judge(this.question, text);
		return (none != null) ? refusal(none) : null;
	}

	private static Refusal refusal(NonAnswer none) {
		return switch (none) {
			case REFUSED -> Refusal.REFUSED;
			case UNKNOWN -> Refusal.NEGATIVE;
			case ERROR -> Refusal.ERROR;
			case EMPTY -> Refusal.EMPTY;
		};
	}

	private static boolean isJson(String text) {
		try {
			JsonNode answer = JsonText.read(JSON, unfenced(text));
			return !answer.isMissingNode() && !answer.isNull();
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	/** Models like to put JSON into a code block, and Spring AI's converters take it. */
	private static String unfenced(String text) {
		String stripped = text.strip();
		if (!stripped.startsWith("```") || !stripped.endsWith("```")) {
			return stripped;
		}
		int line = stripped.indexOf('\n');
		return (line < 0) ? stripped : stripped.substring(line, stripped.length() - 3);
	}

}
