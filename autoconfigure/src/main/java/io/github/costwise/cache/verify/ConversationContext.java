package io.github.costwise.cache.verify;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.costwise.text.CodeUnits;
import io.github.costwise.text.Sha256;
import io.github.costwise.text.TextPattern;

/**
 * What the cache must know of conversations: a last message means nothing without those
 * before it.
 *
 * @since 0.1.0
 */
public final class ConversationContext {

	private static final int FEW_WORDS = 4;

	private static final Set<String> BACKWARD = Set.of("it", "its", "he", "she", "him", "her", "his", "hers", "they",
			"them", "their", "theirs", "this", "that", "these", "those", "there", "then", "former", "latter", "same",
			"above", "previous", "earlier", "other", "others", "another", "else", "again", "instead", "also", "too",
			"one", "ones", "such");

	private static final List<String> OPENINGS = List.of("what about", "how about", "and ", "but ", "or ", "so ",
			"why not", "what else", "go on", "tell me more", "more ", "going back", "no,", "yes,", "ok", "speaking of",
			"talking about", "continue", "explain");

	private static final TextPattern SPACE = TextPattern.of("\\s+");

	private static final TextPattern NO_WORD = TextPattern.of("[^\\p{L}\\p{N}']+");

	private ConversationContext() {
	}

	/**
	 * Returns whether the last message of a conversation leans on those before it, so
	 * that it is not compared with similar ones. Judges English by its words, any
	 * language by its shortness; in doubt it does.
	 * @param text the last message
	 * @return whether it does
	 */
	public static boolean isAnaphoric(String text) {
		String plain = normalize(text);
		String[] words = NO_WORD.split(plain);
		return OPENINGS.stream().anyMatch(plain::startsWith) || Arrays.stream(words).anyMatch(BACKWARD::contains)
				|| weighty(text) <= FEW_WORDS;
	}

	private static int weighty(String text) {
		TextFeatures features = TextFeatures.of(text);
		return features.length() - features.count(TextFeatures.FUNCTION);
	}

	/**
	 * Returns what stands for the messages before the last one. Different messages, in
	 * another order, or cut at other places, give another digest.
	 * @param messages the messages, each with its role, the oldest first
	 * @return 64 hexadecimal digits
	 */
	public static String digest(List<String> messages) {
		MessageDigest digest = Sha256.begin();
		for (String message : messages) {
			byte[] bytes = CodeUnits.bytes(message);
			digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
			digest.update(bytes);
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	/**
	 * Removes what never changes the meaning of a question: case, and space at the ends
	 * or twice.
	 * @param text the text
	 * @return the text by which the exact tier compares
	 */
	public static String normalize(String text) {
		return SPACE.replaceAll(text.strip().toLowerCase(Locale.ROOT), " ");
	}

}
