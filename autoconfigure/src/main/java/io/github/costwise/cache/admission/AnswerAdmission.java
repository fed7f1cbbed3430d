package io.github.costwise.cache.admission;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.answer.Answer;
import io.github.costwise.answer.RecordedTexts;
import io.github.costwise.answer.Recording;
import io.github.costwise.cache.policy.AdmissionRules;
import io.github.costwise.model.PartKind;
import io.github.costwise.model.RecordedAnswer;

/**
 * Decides whether an answer may be stored. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AnswerAdmission {

	private AnswerAdmission() {
	}

	/**
	 * Looks at an answer.
	 * @param recording what was answered
	 * @param wording judges the texts
	 * @param toolsRan names of the tools that ran
	 * @param rules what may be stored
	 * @return why the answer may not be stored, or {@code null} when it may
	 */
	public static @Nullable Refusal check(Recording recording, AnswerWording wording, Set<String> toolsRan,
			AdmissionRules rules) {
		Answer answer = recording.answer();
		if (answer.parts().isEmpty()) {
			return Refusal.EMPTY;
		}
		if (!toolsRan.stream().allMatch(rules::allowsTool)) {
			return Refusal.TOOL_RAN;
		}
		Refusal form = form(answer, rules);
		return (form != null) ? form : content(recording, wording, rules);
	}

	private static @Nullable Refusal form(Answer answer, AdmissionRules rules) {
		if (answer.has(PartKind.TOOL_CALL) || answer.has(PartKind.MEDIA)) {
			return Refusal.NOT_TEXT;
		}
		return switch (answer.ending()) {
			case END -> null;
			case ASSUMED, UNMARKED -> rules.acceptUnmarkedEnds() ? null : Refusal.UNMARKED;
			case TOOLS, PAUSED -> Refusal.NOT_TEXT;
			case FILTERED -> Refusal.REFUSED;
			case LENGTH, BROKEN, UNKNOWN -> Refusal.TRUNCATED;
		};
	}

	private static @Nullable Refusal content(Recording recording, AnswerWording wording, AdmissionRules rules) {
		Answer answer = recording.answer();
		if (answer.has(PartKind.REFUSAL)) {
			return Refusal.REFUSED;
		}
		if (answer.parts().stream().mapToLong((part) -> part.text().length()).sum() > rules.maxAnswerLength()) {
			return Refusal.TOO_LONG;
		}
		for (String text : answer.texts()) {
			Refusal refusal = text.isBlank() ? Refusal.EMPTY : wording.check(text);
			if (refusal != null) {
				return refusal;
			}
		}
		RecordedAnswer recorded = recording.recorded();
		if (recorded == null) {
			return Refusal.NOT_REPEATABLE;
		}
		return RecordedTexts.any(recorded, ExpiringLinks::isIn) ? Refusal.EXPIRING_LINK : null;
	}

}
