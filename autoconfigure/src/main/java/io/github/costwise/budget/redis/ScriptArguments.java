package io.github.costwise.budget.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and arguments of a script, keys first. Not thread-safe.
 */
final class ScriptArguments {

	private final List<byte[]> all;

	ScriptArguments(int likely) {
		this.all = new ArrayList<>(likely);
	}

	ScriptArguments add(String text) {
		this.all.add(bytes(text));
		return this;
	}

	ScriptArguments add(long number) {
		return add(Long.toString(number));
	}

	byte[][] toArray() {
		return this.all.toArray(byte[][]::new);
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
