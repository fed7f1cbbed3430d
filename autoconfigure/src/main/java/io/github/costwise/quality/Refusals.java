package io.github.costwise.quality;

import java.util.List;
import java.util.Locale;

import io.github.costwise.model.NonAnswer;
import io.github.costwise.answer.none.NonAnswers;

/**
 * Tells answers that give up for want of ability. Refusals on grounds of safety do not
 * count: a more capable model should not be asked instead.
 */
final class Refusals {

	private static final int SHORT = 400;

	private static final List<String> safety = List.of("harmful", "illegal", "unsafe", "violence", "violent", "weapon",
			"self-harm", "suicide", "explicit", "medical advice", "legal advice", "privacy", "policy", "policies",
			"guidelines", "ethical", "inappropriate");

	private Refusals() {
	}

	static boolean isOne(String answer) {
		if (answer.length() > SHORT) {
			return false;
		}
		NonAnswer none = NonAnswers.scored().judge("", answer);
		String text = answer.toLowerCase(Locale.ROOT);
		return none != null && none != NonAnswer.EMPTY && safety.stream().noneMatch(text::contains);
	}

}
