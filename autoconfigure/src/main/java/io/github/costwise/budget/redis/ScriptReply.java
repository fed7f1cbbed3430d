package io.github.costwise.budget.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.costwise.model.BudgetState;

/**
 * What a script answered, read from its beginning to its end. Not thread-safe.
 */
final class ScriptReply {

	private final List<?> parts;

	private int place = 1;

	ScriptReply(List<?> parts) {
		this.parts = parts;
	}

	/** Returns what it says first: how it went. */
	String outcome() {
		return text(0);
	}

	boolean hasNext() {
		return this.place < this.parts.size();
	}

	String next() {
		return text(this.place++);
	}

	private String text(int at) {
		Object part = this.parts.get(at);
		return (part instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(part);
	}

	int nextInt() {
		return Integer.parseInt(next());
	}

	long nextLong() {
		return Long.parseLong(next());
	}

	BudgetState nextState() {
		return new BudgetState(ScriptTexts.account(next()), ScriptTexts.span(next()), nextLong(), nextLong(),
				nextLong(), nextInt());
	}

}
