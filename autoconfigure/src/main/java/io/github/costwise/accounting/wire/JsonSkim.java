package io.github.costwise.accounting.wire;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.wire.Skimmed.UsagePlace;

/**
 * Skims JSON that arrives in pieces cut anywhere: keeps the usage and a few names beside
 * it, and passes over everything else, texts above all, without keeping it, however long
 * it is. Does not validate: what is no JSON yields nothing, or what looks like a usage.
 * Used by one thread at a time.
 */
final class JsonSkim {

	private static final int LONGEST_NAME = 32;

	private static final int LONGEST_TEXT = 256;

	private static final int LONGEST_USAGE = 64 * 1024;

	private static final String USAGE = "usage";

	private static final Set<String> TEXTS = Set.of("id", "type", "object", "model", "service_tier", "speed",
			"inference_geo");

	private static final Names NAMES = new Names("usage", "id", "type", "object", "model", "service_tier", "speed",
			"inference_geo", "message", "response", "choices", "x_groq");

	/** What may lie around a usage. */
	private static final Map<String, UsagePlace> AROUND = Map.of("message", UsagePlace.START, "response",
			UsagePlace.ANSWER, "choices", UsagePlace.ASIDE, "x_groq", UsagePlace.ASIDE);

	private final Skimmed skimmed;

	private final Surroundings around = new Surroundings();

	private final KeptBytes name = new KeptBytes(LONGEST_NAME);

	private final KeptBytes text = new KeptBytes(LONGEST_TEXT);

	private final KeptBytes usage = new KeptBytes(LONGEST_USAGE);

	/** Where the bytes of the string or usage go that is being read, if anywhere. */
	private @Nullable KeptBytes kept;

	private int depth;

	private int usageDepth;

	private boolean string;

	private boolean escaped;

	private boolean nameExpected;

	/** The name whose value comes next, if it is looked for. */
	private String wanted = "";

	JsonSkim(Skimmed skimmed) {
		this.skimmed = skimmed;
	}

	/** Forgets what it has read, also in the middle of a document. */
	void reset() {
		this.around.clear();
		this.kept = null;
		this.depth = 0;
		this.string = false;
		this.escaped = false;
		this.nameExpected = false;
		this.wanted = "";
	}

	/** Whether a document has begun and not ended. */
	boolean isInside() {
		return this.depth > 0;
	}

	/** Returns where a text that nobody looks for may end, or the line it stands in. */
	int pass(byte[] bytes, int from, int to) {
		int at = from;
		if (this.string && this.kept == null && !this.escaped) {
			while (at < to && bytes[at] != '"' && bytes[at] != '\\' && bytes[at] != '\n' && bytes[at] != '\r') {
				at++;
			}
		}
		return at;
	}

	void accept(byte next) {
		if (this.string) {
			inString(next);
		}
		else if (this.kept == this.usage) {
			inUsage(next);
		}
		else {
			outside(next);
		}
	}

	private void inString(byte next) {
		boolean ends = next == '"' && !this.escaped;
		this.escaped = next == '\\' && !this.escaped;
		this.string = !ends;
		if (this.kept != null && (!ends || this.kept == this.usage)) {
			this.kept.add(next);
		}
		if (ends && this.kept != this.usage) {
			if (this.kept == this.text && this.text.isWhole()) {
				this.skimmed.text(this.wanted, this.text);
			}
			this.kept = null;
		}
	}

	private void inUsage(byte next) {
		this.usage.add(next);
		switch (next) {
			case '"' -> this.string = true;
			case '{', '[' -> this.depth++;
			case '}', ']' -> {
				this.depth--;
				if (this.depth == this.usageDepth) {
					endUsage();
				}
			}
			default -> {
				// A part of a number, of a word, or between values.
			}
		}
	}

	private void endUsage() {
		this.kept = null;
		if (this.usage.isWhole()) {
			this.skimmed.usage(this.usage, this.around.place());
		}
		else {
			this.skimmed.tooLong();
		}
	}

	private void outside(byte next) {
		switch (next) {
			case '"' -> beginString();
			case '{', '[' -> open(next == '[');
			case '}', ']' -> close();
			case ':' -> this.wanted = this.nameExpected ? found() : "";
			case ',' -> this.nameExpected = isLookedAt() && this.around.isObject();
			default -> {
				// A part of a number, of a word, or between values.
			}
		}
	}

	private void beginString() {
		this.string = true;
		if (this.nameExpected) {
			this.kept = this.name;
		}
		else {
			boolean kept = TEXTS.contains(this.wanted) && this.around.place() != UsagePlace.ASIDE;
			this.kept = kept ? this.text : null;
		}
		if (this.kept != null) {
			this.kept.clear();
		}
	}

	private String found() {
		this.nameExpected = false;
		return isLookedAt() ? NAMES.of(this.name) : "";
	}

	private void open(boolean list) {
		String before = this.wanted;
		this.wanted = "";
		if (before.equals(USAGE) && !list) {
			this.usageDepth = this.depth++;
			this.usage.clear();
			this.usage.add((byte) '{');
			this.kept = this.usage;
			return;
		}
		UsagePlace place = (this.depth == 1) ? AROUND.get(before) : null;
		if (this.depth == 0) {
			this.around.push(UsagePlace.ANSWER, list);
		}
		else if (isLookedAt() && (place != null || !this.around.isObject())) {
			this.around.push((place != null) ? place : this.around.place(), list);
		}
		this.depth++;
		this.nameExpected = isLookedAt() && !list;
	}

	private void close() {
		this.wanted = "";
		this.nameExpected = false;
		if (isLookedAt()) {
			this.around.pop();
		}
		this.depth = Math.max(0, this.depth - 1);
	}

	/** Whether what is read now stands directly in what may lie around a usage. */
	private boolean isLookedAt() {
		return this.depth > 0 && this.depth == this.around.size();
	}

}
