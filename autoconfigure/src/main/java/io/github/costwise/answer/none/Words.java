package io.github.costwise.answer.none;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.util.StringUtils;

import io.github.costwise.files.ShippedFile;

/**
 * The words of one language that tell something, with their {@link Mark}s. Immutable and
 * thread-safe.
 */
final class Words {

	private static final int LONGEST_DENSE = 12;

	private final Map<Character, List<Stem>> stems = new HashMap<>();

	private final Map<String, Integer> words = new HashMap<>();

	private final Map<String, List<WordGroup>> groups = new HashMap<>();

	/** How words begin. */
	record Stem(String text, int bits) {

	}

	/** A group of words. */
	record WordGroup(List<String> words, boolean stem, int bits) {

	}

	/**
	 * What was found at a place.
	 *
	 * @param tokens how many tokens it takes
	 * @param bits its marks
	 */
	record Match(int tokens, int bits) {

	}

	/** Reads the list that is shipped. */
	static List<Words> shipped() {
		return read(ShippedFile.text(Words.class, "words.txt").lines().toList());
	}

	private static List<Words> read(List<String> lines) {
		List<Words> languages = new ArrayList<>();
		List<String> shared = new ArrayList<>();
		for (String line : lines) {
			if (line.startsWith("[")) {
				languages.add(new Words());
			}
			else if (!line.isBlank() && !line.startsWith("#")) {
				if (languages.isEmpty()) {
					shared.add(line);
				}
				else {
					languages.get(languages.size() - 1).addAll(line);
				}
			}
		}
		languages.forEach((language) -> shared.forEach(language::addAll));
		languages.forEach(Words::sort);
		return List.copyOf(languages);
	}

	private void addAll(String line) {
		int equals = line.indexOf('=');
		int bits = Mark.bits(line.substring(0, equals));
		for (String entry : StringUtils.delimitedListToStringArray(line.substring(equals + 1), "|")) {
			add(entry.strip(), bits);
		}
	}

	private void add(String entry, int bits) {
		boolean stem = entry.endsWith("*");
		List<String> parts = Token.of(Letters.fold(entry, entry.length()))
			.stream()
			.filter((token) -> token.kind() != Token.TokenKind.QUOTE)
			.map(Token::text)
			.toList();
		String first = parts.get(0);
		if (parts.size() > 1) {
			List<WordGroup> same = this.groups.computeIfAbsent(first, (key) -> new ArrayList<>());
			int before = same.stream()
				.filter((group) -> group.stem() == stem && group.words().equals(parts))
				.mapToInt(WordGroup::bits)
				.sum();
			same.removeIf((group) -> group.stem() == stem && group.words().equals(parts));
			same.add(new WordGroup(parts, stem, before | bits));
		}
		else if (stem) {
			List<Stem> same = this.stems.computeIfAbsent(first.charAt(0), (key) -> new ArrayList<>());
			int before = same.stream().filter((other) -> other.text().equals(first)).mapToInt(Stem::bits).sum();
			same.removeIf((other) -> other.text().equals(first));
			same.add(new Stem(first, before | bits));
		}
		else {
			this.words.merge(first, bits, (a, b) -> a | b);
		}
	}

	private void sort() {
		this.groups.values().forEach((list) -> list.sort(Comparator.comparing((group) -> -group.words().size())));
		this.stems.values().forEach((list) -> list.sort(Comparator.comparing((stem) -> -stem.text().length())));
	}

	/** What begins at a token; nothing has no marks. */
	Match at(List<Token> tokens, int at) {
		String first = tokens.get(at).text();
		for (WordGroup group : this.groups.getOrDefault(first, List.of())) {
			if (isAt(group, tokens, at)) {
				return new Match(group.words().size(), group.bits());
			}
		}
		return new Match(1, bits(first));
	}

	private static boolean isAt(WordGroup group, List<Token> tokens, int at) {
		int size = group.words().size();
		if (at + size > tokens.size()) {
			return false;
		}
		for (int i = 1; i < size; i++) {
			String text = tokens.get(at + i).text();
			String word = group.words().get(i);
			boolean same = (i == size - 1 && group.stem()) ? text.startsWith(word) : text.equals(word);
			if (!same) {
				return false;
			}
		}
		return true;
	}

	private int bits(String word) {
		int bits = this.words.getOrDefault(word, 0);
		if (bits != 0) {
			return bits;
		}
		for (Stem stem : this.stems.getOrDefault(word.charAt(0), List.of())) {
			if (word.startsWith(stem.text())) {
				return stem.bits();
			}
		}
		return 0;
	}

	/** The longest entry that begins in a run of dense script, as length and marks. */
	Match within(String run, int at) {
		for (int end = Math.min(run.length(), at + LONGEST_DENSE); end > at; end--) {
			int bits = this.words.getOrDefault(run.substring(at, end), 0);
			if (bits != 0) {
				return new Match(end - at, bits);
			}
		}
		return new Match(1, 0);
	}

}
