package io.github.costwise.accounting.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words that the name of a field is made of, in snake case or in camel case. */
final class NameWords {

	private NameWords() {
	}

	/** Returns the words in lower case. */
	static List<String> of(String name) {
		List<String> words = new ArrayList<>();
		int begin = 0;
		for (int i = 0; i <= name.length(); i++) {
			boolean letter = i < name.length() && Character.isLetter(name.charAt(i));
			if (!letter || isHump(name, i)) {
				if (i > begin) {
					words.add(name.substring(begin, i).toLowerCase(Locale.ROOT));
				}
				begin = letter ? i : i + 1;
			}
		}
		return words;
	}

	private static boolean isHump(String name, int at) {
		return at > 0 && Character.isUpperCase(name.charAt(at)) && Character.isLowerCase(name.charAt(at - 1));
	}

}
