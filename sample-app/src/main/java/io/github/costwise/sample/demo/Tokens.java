package io.github.costwise.sample.demo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A simple tokeniser: a word costs one token for every six letters begun, a number one
 * for every three digits begun, any other visible sign one, and white space nothing. For
 * English text that is close to what real tokenisers count.
 */
final class Tokens {

	private static final Pattern TOKEN = Pattern.compile("\\p{L}{1,6}|\\p{N}{1,3}|[^\\p{L}\\p{N}\\s]");

	private Tokens() {
	}

	static int count(String text) {
		Matcher matcher = TOKEN.matcher(text);
		int count = 0;
		while (matcher.find()) {
			count++;
		}
		return count;
	}

}
