package io.github.costwise.encoding;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The scripts of a text's letters. Letters that only look like those of a language
 * (mathematical or full-width ones) and digits other than 0 to 9 belong to none. Not
 * thread-safe.
 */
final class Scripts {

	private static final int LATIN_BEGIN = 0xc0;

	private static final int LATIN_END = 0x24f;

	private static final int ADDITIONAL_BEGIN = 0x1e00;

	private static final int ADDITIONAL_END = 0x1eff;

	private final Set<UnicodeScript> found = EnumSet.noneOf(UnicodeScript.class);

	private boolean odd;

	private Scripts() {
	}

	static Scripts of(String text) {
		Scripts scripts = new Scripts();
		int at = 0;
		while (at < text.length()) {
			int point = text.codePointAt(at);
			scripts.add(point);
			at += Character.charCount(point);
		}
		return scripts;
	}

	private void add(int point) {
		if (point < LATIN_BEGIN) {
			if (isAsciiLetter(point)) {
				this.found.add(UnicodeScript.LATIN);
			}
		}
		else if (Character.isLetter(point)) {
			addLetter(point);
		}
		else {
			this.odd |= Character.isDigit(point);
		}
	}

	private void addLetter(int point) {
		UnicodeScript script = UnicodeScript.of(point);
		switch (script) {
			case COMMON, INHERITED, UNKNOWN -> this.odd |= !isJapanese(point);
			case LATIN -> {
				this.odd |= !isWritten(point);
				this.found.add(script);
			}
			case HIRAGANA, KATAKANA -> this.found.add(UnicodeScript.HIRAGANA);
			default -> this.found.add(script);
		}
	}

	private static boolean isAsciiLetter(int point) {
		int lower = point | 0x20;
		return lower >= 'a' && lower <= 'z';
	}

	private static boolean isWritten(int point) {
		return point <= LATIN_END || (point >= ADDITIONAL_BEGIN && point <= ADDITIONAL_END);
	}

	/** The sign of a long vowel belongs to both kinds of kana. */
	private static boolean isJapanese(int point) {
		return point == 0x30fc;
	}

	/** Whether there are Latin letters and no others. */
	boolean isLatin() {
		return !this.odd && this.found.size() == 1 && this.found.contains(UnicodeScript.LATIN);
	}

	/**
	 * Returns what texts like this have in common: one script, also one that is written
	 * with ideographs or has Latin words in it.
	 * @return the name, or {@code null} when there is none
	 */
	@Nullable String name() {
		Set<UnicodeScript> others = EnumSet.copyOf(this.found);
		boolean latin = others.remove(UnicodeScript.LATIN);
		if (others.contains(UnicodeScript.HIRAGANA) || others.contains(UnicodeScript.HANGUL)) {
			others.remove(UnicodeScript.HAN);
		}
		if (this.odd || others.size() != 1) {
			return null;
		}
		String name = others.iterator().next().name().toLowerCase(Locale.ROOT);
		return latin ? name + "+latin" : name;
	}

}
