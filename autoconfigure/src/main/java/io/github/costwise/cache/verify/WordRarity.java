package io.github.costwise.cache.verify;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * In how many requests a word was seen. Keeps about 32,768 words in 512 KiB; when it is
 * full all counts are halved and those that become zero forgotten. Thread-safe; reading
 * takes no lock and may miss what is added at the same time.
 * <p>
 * The weight is the inverse document frequency (K. Spärck Jones, "A statistical
 * interpretation of term specificity", 1972).
 */
final class WordRarity {

	private static final int FIRST_SIZE = 1 << 10;

	private static final int MAX_SIZE = 1 << 16;

	private static final int MAX_TEXTS = 1 << 24;

	private volatile RarityTable table = new RarityTable(FIRST_SIZE, 0);

	/**
	 * Counts the words of a request.
	 * @param distinctWords the words, each once
	 */
	synchronized void add(int[] distinctWords) {
		for (int word : distinctWords) {
			this.table.add(word, 1);
		}
		this.table.texts++;
		if (this.table.isFull()) {
			this.table = rebuilt(this.table);
		}
	}

	/**
	 * Returns the inverse document frequency.
	 * @param word a word
	 * @return the logarithm of one in how many requests has it
	 */
	double of(int word) {
		RarityTable now = this.table;
		return Math.log((now.texts + 1) / (now.count(word) + .5));
	}

	private static RarityTable rebuilt(RarityTable old) {
		boolean halved = old.size() == MAX_SIZE || old.texts == MAX_TEXTS;
		int divisor = halved ? 2 : 1;
		RarityTable table = new RarityTable(halved ? old.size() : 2 * old.size(), old.texts / divisor);
		for (int i = 0; i < old.size(); i++) {
			int count = old.counts.get(i) / divisor;
			if (count > 0) {
				table.add(old.words.get(i), count);
			}
		}
		return table;
	}

	int size() {
		return this.table.used;
	}

	/** A hash table with open addressing, of which about half is used at most. */
	private static final class RarityTable {

		private final AtomicIntegerArray words;

		private final AtomicIntegerArray counts;

		private int used;

		private volatile int texts;

		RarityTable(int size, int texts) {
			this.words = new AtomicIntegerArray(size);
			this.counts = new AtomicIntegerArray(size);
			this.texts = texts;
		}

		int size() {
			return this.words.length();
		}

		boolean isFull() {
			return 2 * this.used > size() || this.texts == MAX_TEXTS;
		}

		void add(int word, int count) {
			int at = find(word);
			if (this.counts.get(at) == 0) {
				this.words.set(at, word);
				this.used++;
			}
			this.counts.addAndGet(at, count);
		}

		int count(int word) {
			return this.counts.get(find(word));
		}

		private int find(int word) {
			int mask = size() - 1;
			int at = (word >>> 5) * 0x9E3779B9 >>> 7 & mask;
			while (this.counts.get(at) != 0 && this.words.get(at) != word) {
				at = (at + 1) & mask;
			}
			return at;
		}

	}

}
