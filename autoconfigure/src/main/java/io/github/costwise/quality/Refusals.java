package io.github.costwise.quality;

import java.util.List;
import java.util.Locale;

import io.github.costwise.text.TextPattern;

/**
 * Tells answers that give up for want of ability. Refusals on grounds of safety do not
 * count: a more capable model should not be asked instead.
 */
final class Refusals {

	/** A refusal stands at the start or not at all. */
	private static final int START = 160;

	private static final int SHORT = 400;

	private static final TextPattern unable = TextPattern
		.of("(?<!\\w)(?:i(?:'m| am) (?:not able|unable) to|i can(?:no|')t (?:determine|answer|solve|access|find|complete|help)"
				+ "|i do(?:n't| not) (?:know|have (?:enough|sufficient|access))|cannot be determined"
				+ "|as an ai(?: language)? model|as a language model|insufficient information"
				+ "|ich kann (?:das |die frage )?nicht|je ne (?:peux|sais) pas|no puedo|no tengo (?:acceso|suficiente)"
				+ "|n\u00e3o (?:posso|consigo)|non (?:posso|sono in grado))(?!\\w)");

	private static final List<String> safety = List.of("harmful", "illegal", "unsafe", "violence", "violent", "weapon",
			"self-harm", "suicide", "explicit", "medical advice", "legal advice", "privacy", "policy", "policies",
			"guidelines", "ethical", "inappropriate");

	private Refusals() {
	}

	static boolean startsWithOne(String answer) {
		String text = answer.strip().toLowerCase(Locale.ROOT).replace('\u2019', '\'');
		if (text.length() > SHORT) {
			return false;
		}
		String start = text.substring(0, Math.min(START, text.length()));
		return unable.isIn(start) && safety.stream().noneMatch(text::contains);
	}

}
