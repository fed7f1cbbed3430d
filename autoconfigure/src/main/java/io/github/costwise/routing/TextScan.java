package io.github.costwise.routing;

/** Counts the signs of one text in one pass. Used once. */
final class TextScan {

	/** Characters of a long text that are looked at, half from each end. */
	private static final int MOST = 12_000;

	private static final String OPERATORS = "+-*/=<>^\u00d7\u00f7\u2264\u2265\u221a\u2211\u222b";

	private static final String SENTENCE_ENDS = ".!?\u3002\uff01\uff1f";

	private static final String COMMAS = ",\u3001\u060c\uff0c";

	private static final String QUOTES = "\"'`\u201c\u201d\u2018\u2019\u00ab\u00bb";

	private static final int LONG_WORD = 8;

	private final WordScan words = new WordScan();

	private final LineScan lines = new LineScan();

	private int letters;

	private int latin;

	private int upper;

	private int digits;

	private int spaces;

	private int numbers;

	private int questions;

	private int sentences;

	private int commas;

	private int operators;

	private int backslashes;

	private int braces;

	private int parentheses;

	private int quotes;

	private boolean gap;

	RequestFeatures scan(String text) {
		String part = (text.length() <= MOST) ? text
				: text.substring(0, MOST / 2) + "\n" + text.substring(text.length() - MOST / 2);
		char last = '\n';
		for (int i = 0; i < part.length(); i++) {
			char sign = part.charAt(i);
			char next = (i + 1 < part.length()) ? part.charAt(i + 1) : '\n';
			count(sign, last, next);
			this.lines.add(sign);
			last = sign;
		}
		this.words.end();
		this.lines.end();
		return new RequestFeatures(values(text.length(), Math.max(1, part.length())), telling());
	}

	private boolean telling() {
		return this.words.count > 0 && (this.latin * 2 >= this.letters);
	}

	private void count(char sign, char last, char next) {
		if (Character.isLetter(sign)) {
			letter(sign);
		}
		else if (Character.isDigit(sign)) {
			this.digits++;
			this.numbers += startsNumber(last) ? 1 : 0;
			this.words.add(sign);
		}
		else if (Character.isWhitespace(sign)) {
			this.spaces++;
			this.words.end();
		}
		else {
			symbol(sign, last, next);
		}
	}

	private void letter(char sign) {
		this.letters++;
		this.upper += Character.isUpperCase(sign) ? 1 : 0;
		this.latin += (sign < 0x250) ? 1 : 0;
		this.words.add(sign);
	}

	private boolean startsNumber(char last) {
		return !Character.isDigit(last) && (last != '.' && last != ',' || !this.words.lastWasDigit);
	}

	private void symbol(char sign, char last, char next) {
		if (sign == '_') {
			this.gap |= next == '_';
			this.words.add(sign);
			return;
		}
		this.words.end();
		this.gap |= sign == '\u2026' || sign == '.' && last == '.' && next == '.';
		this.questions += (sign == '?' || sign == '\uff1f' || sign == '\u061f') ? 1 : 0;
		this.sentences += endsSentence(sign, next) ? 1 : 0;
		this.commas += in(COMMAS, sign);
		this.operators += in(OPERATORS, sign);
		this.backslashes += (sign == '\\') ? 1 : 0;
		this.braces += in("{}[];", sign);
		this.parentheses += in("()", sign);
		this.quotes += in(QUOTES, sign);
	}

	private static boolean endsSentence(char sign, char next) {
		return SENTENCE_ENDS.indexOf(sign) >= 0 && (sign > 0x2fff || Character.isWhitespace(next));
	}

	private static int in(String signs, char sign) {
		return (signs.indexOf(sign) >= 0) ? 1 : 0;
	}

	private double[] values(int length, int seen) {
		double count = Math.max(1, this.words.count);
		double scale = Math.max(1, length / (double) seen);
		double ends = Math.max(1, this.sentences);
		int symbols = seen - this.letters - this.digits - this.spaces;
		return new double[] { Math.log(Math.max(1, length)), Math.log(count * scale), this.digits / (double) seen,
				Math.log1p(this.numbers), symbols / (double) seen, Math.log1p(this.questions),
				Math.log1p(this.lines.count), Math.log1p(ends), Math.log(count / ends), this.words.distinctShare(),
				this.words.longer / count, this.words.characters / count,
				this.upper / (double) Math.max(1, this.letters), this.commas / count, Math.log1p(this.lines.options),
				Math.log1p(this.lines.bullets), Math.log1p(this.operators), Math.log1p(this.backslashes),
				Math.log1p(this.braces), Math.log1p(this.parentheses), Math.log1p(this.quotes),
				Math.log1p(this.lines.optionLength()), this.lines.optionSpread(), this.gap ? 1 : 0,
				Math.log1p(this.words.longest) };
	}

	/** The words of a text; ideographs count as words of two. */
	private static final class WordScan {

		private static final int SLOTS = 2048;

		private static final int MOST_DISTINCT = 1024;

		private final int[] seen = new int[SLOTS];

		private int known;

		private int judged;

		private int count;

		private int longer;

		private int longest;

		private int characters;

		private int length;

		private int hash;

		private boolean lastWasDigit;

		private void add(char sign) {
			this.length++;
			this.hash = 31 * this.hash + Character.toLowerCase(sign);
			this.lastWasDigit = Character.isDigit(sign);
			if (Character.isIdeographic(sign) && this.length == 2) {
				end();
			}
		}

		private void end() {
			if (this.length == 0) {
				this.lastWasDigit &= this.count > 0;
				return;
			}
			this.count++;
			this.characters += this.length;
			this.longer += (this.length >= LONG_WORD) ? 1 : 0;
			this.longest = Math.max(this.longest, this.length);
			if (this.judged < MOST_DISTINCT) {
				this.judged++;
				this.known += remember(this.hash) ? 1 : 0;
			}
			this.length = 0;
			this.hash = 0;
		}

		private boolean remember(int hash) {
			int key = (hash == 0) ? 1 : hash;
			int slot = (key * 0x9E3779B9) >>> 21;
			while (this.seen[slot] != 0) {
				if (this.seen[slot] == key) {
					return false;
				}
				slot = (slot + 1) & (SLOTS - 1);
			}
			this.seen[slot] = key;
			return true;
		}

		private double distinctShare() {
			return this.known / (double) Math.max(1, this.judged);
		}

	}

}
