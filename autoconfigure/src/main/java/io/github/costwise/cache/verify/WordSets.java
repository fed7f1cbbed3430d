package io.github.costwise.cache.verify;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Sets of words as ascending arrays. */
final class WordSets {

	private WordSets() {
	}

	static int[] sortedDistinct(int[] words, int count) {
		Arrays.sort(words, 0, count);
		int distinct = 0;
		for (int i = 0; i < count; i++) {
			if (i == 0 || words[i] != words[i - 1]) {
				words[distinct++] = words[i];
			}
		}
		return (distinct == words.length) ? words : Arrays.copyOf(words, distinct);
	}

	static boolean contains(int[] words, int word) {
		return Arrays.binarySearch(words, word) >= 0;
	}

	static boolean containsAll(int[] words, int[] others) {
		for (int other : others) {
			if (!contains(words, other)) {
				return false;
			}
		}
		return true;
	}

	static void forEachMissing(int[] words, int[] others, IntConsumer action) {
		for (int word : words) {
			if (!contains(others, word)) {
				action.accept(word);
			}
		}
	}

	static int common(int[] words, int[] others) {
		int common = 0;
		for (int word : words) {
			common += contains(others, word) ? 1 : 0;
		}
		return common;
	}

}
