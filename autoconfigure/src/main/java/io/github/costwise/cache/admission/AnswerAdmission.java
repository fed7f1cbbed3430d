package io.github.costwise.cache.admission;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.Generation;

import io.github.costwise.cache.policy.AdmissionRules;

/**
 * Decides whether an answer may be stored. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AnswerAdmission {

	/** What providers call an answer that came to its own end. */
	private static final Set<String> COMPLETE = Set.of("", "STOP", "END_TURN", "STOP_SEQUENCE", "COMPLETE", "COMPLETED",
			"FINISHED", "EOS", "EOS_TOKEN", "UNKNOWN");

	private static final Set<String> BLOCKED = Set.of("CONTENT_FILTER", "REFUSAL", "SAFETY", "RECITATION", "BLOCKLIST",
			"PROHIBITED_CONTENT", "SPII", "GUARDRAIL_INTERVENED", "CONTENT_FILTERED", "MODEL_ARMOR", "LANGUAGE");

	private static final Set<String> TOOLS = Set.of("TOOL_CALLS", "TOOL_USE", "FUNCTION_CALL", "PAUSE_TURN");

	private AnswerAdmission() {
	}

	/**
	 * Looks at an answer.
	 * @param generations what was generated
	 * @param wording judges the texts
	 * @param toolsRan names of the tools that ran
	 * @param rules what may be stored
	 * @return why the answer may not be stored, or {@code null} when it may
	 */
	public static @Nullable Refusal check(List<Generation> generations, AnswerWording wording, Set<String> toolsRan,
			AdmissionRules rules) {
		if (generations.isEmpty()) {
			return Refusal.EMPTY;
		}
		if (!toolsRan.stream().allMatch(rules::allowsTool)) {
			return Refusal.TOOL_RAN;
		}
		for (Generation generation : generations) {
			Refusal refusal = check(generation, wording, rules);
			if (refusal != null) {
				return refusal;
			}
		}
		return null;
	}

	private static @Nullable Refusal check(Generation generation, AnswerWording wording, AdmissionRules rules) {
		Refusal ending = ending(generation.getMetadata().getFinishReason());
		AssistantMessage output = generation.getOutput();
		if (ending != null) {
			return ending;
		}
		if (output.hasToolCalls() || !output.getMedia().isEmpty()) {
			return Refusal.NOT_TEXT;
		}
		String text = output.getText();
		if (text == null || text.isBlank()) {
			return Refusal.EMPTY;
		}
		if (text.length() > rules.maxAnswerLength()) {
			return Refusal.TOO_LONG;
		}
		return wording.check(text);
	}

	private static @Nullable Refusal ending(@Nullable String finishReason) {
		String reason = (finishReason != null) ? finishReason.toUpperCase(Locale.ROOT) : "";
		if (COMPLETE.contains(reason)) {
			return null;
		}
		if (TOOLS.contains(reason)) {
			return Refusal.NOT_TEXT;
		}
		return BLOCKED.contains(reason) ? Refusal.REFUSED : Refusal.TRUNCATED;
	}

}
