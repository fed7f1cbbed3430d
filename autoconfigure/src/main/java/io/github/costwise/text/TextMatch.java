package io.github.costwise.text;

import java.util.regex.MatchResult;

import org.jspecify.annotations.Nullable;

/**
 * A part of a text that fits a {@link TextPattern}. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class TextMatch {

	private final MatchResult result;

	TextMatch(MatchResult result) {
		this.result = result;
	}

	/**
	 * Returns the part.
	 * @return its text
	 */
	public String text() {
		return this.result.group();
	}

	/**
	 * Returns what a group took that takes part in every match.
	 * @param group number of the group, from 1
	 * @return its text
	 * @throws IllegalStateException if the group took no part
	 */
	public String get(int group) {
		String text = this.result.group(group);
		if (text == null) {
			throw new IllegalStateException("Group " + group + " took no part");
		}
		return text;
	}

	/**
	 * Returns what a group of the expression took.
	 * @param group number of the group, from 1
	 * @return its text, or {@code null} if the group took no part
	 */
	public @Nullable String group(int group) {
		return this.result.group(group);
	}

	/**
	 * Returns what the first of the groups that took part took.
	 * @return its text, or the text of the part if no group took any
	 */
	public String firstGroup() {
		for (int i = 1; i <= this.result.groupCount(); i++) {
			String group = this.result.group(i);
			if (group != null) {
				return group;
			}
		}
		return this.result.group();
	}

	/**
	 * Returns where the part begins.
	 * @return index of its first character
	 */
	public int start() {
		return this.result.start();
	}

	/**
	 * Returns where the part ends.
	 * @return index behind its last character
	 */
	public int end() {
		return this.result.end();
	}

	/**
	 * Returns where a group ends.
	 * @param group number of the group, from 1
	 * @return index behind its last character, -1 if the group took no part
	 */
	public int end(int group) {
		return this.result.end(group);
	}

}
