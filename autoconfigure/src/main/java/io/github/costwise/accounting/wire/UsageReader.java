package io.github.costwise.accounting.wire;

/**
 * Reads along with a body as it passes, whole or as an event stream, in pieces cut
 * anywhere. Keeps at most one usage of 64 KiB at a time, and no text of an answer. Used
 * by one thread at a time.
 *
 * @since 0.1.0
 */
public final class UsageReader {

	private static final byte[] DATA = { 'd', 'a', 't', 'a', ':' };

	private final WireUsage usage;

	private final JsonSkim skim;

	private BodyLine line = BodyLine.FIRST;

	private int matched;

	private boolean afterReturn;

	/**
	 * Creates a reader.
	 * @param usage receives what is found
	 */
	public UsageReader(WireUsage usage) {
		this.usage = usage;
		this.skim = new JsonSkim(usage.skimmed());
	}

	/**
	 * Reads the next bytes.
	 * @param bytes holds them
	 * @param from where they begin
	 * @param to where they end
	 */
	public void read(byte[] bytes, int from, int to) {
		int at = from;
		while (at < to) {
			if (this.line == BodyLine.DOCUMENT || this.line == BodyLine.DATA) {
				at = this.skim.pass(bytes, at, to);
			}
			if (at < to) {
				read(bytes[at++]);
			}
		}
	}

	private void read(byte next) {
		if (this.line == BodyLine.FIRST) {
			first(next);
		}
		if (this.line == BodyLine.DOCUMENT) {
			this.skim.accept(next);
		}
		else if (next == '\n' || next == '\r') {
			endLine(next);
		}
		else {
			inLine(next);
		}
		this.afterReturn = next == '\r';
	}

	/**
	 * The first character tells a JSON document from an event stream: not every server
	 * names the type.
	 */
	private void first(byte next) {
		if (next == '{' || next == '[') {
			this.line = BodyLine.DOCUMENT;
		}
		else if (next > ' ') {
			this.line = BodyLine.NAME;
		}
	}

	private void endLine(byte next) {
		if (this.line == BodyLine.FIRST || (next == '\n' && this.afterReturn)) {
			return;
		}
		if (this.line == BodyLine.NAME && this.matched == 0) {
			this.skim.reset();
		}
		this.line = BodyLine.NAME;
		this.matched = 0;
	}

	private void inLine(byte next) {
		switch (this.line) {
			case NAME -> {
				this.line = (next == DATA[this.matched]) ? BodyLine.NAME : BodyLine.OTHER;
				this.matched++;
				this.line = (this.matched == DATA.length && this.line == BodyLine.NAME) ? BodyLine.DATA_BEGINS
						: this.line;
			}
			case DATA_BEGINS -> begin(next);
			case DATA -> this.skim.accept(next);
			default -> {
				// A line that is passed over.
			}
		}
	}

	/** Data that go on in the next line belong to the same document. */
	private void begin(byte next) {
		if (next != ' ') {
			boolean done = next == '[' && !this.skim.isInside();
			this.line = done ? BodyLine.OTHER : BodyLine.DATA;
			if (done) {
				this.usage.ended();
			}
			else {
				this.skim.accept(next);
			}
		}
	}

	/** What is read of a body. */
	private enum BodyLine {

		/** Nothing yet. */
		FIRST,

		/** A document that is the whole body. */
		DOCUMENT,

		/** The name of a line. */
		NAME,

		/** What comes behind the name of a line of data. */
		DATA_BEGINS,

		/** Data. */
		DATA,

		/** Something that is passed over. */
		OTHER

	}

}
