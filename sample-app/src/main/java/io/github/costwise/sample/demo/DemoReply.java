package io.github.costwise.sample.demo;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the simulated model says: a text, or the wish to have a tool called.
 *
 * @param text the text, or the arguments of the tool as JSON
 * @param tool name of the tool, or {@code null} for a text
 */
record DemoReply(String text, @Nullable String tool) {

	static DemoReply text(String text) {
		return new DemoReply(text, null);
	}

	/** Returns the text in the pieces in which it is streamed: word by word. */
	List<String> pieces() {
		return List.of(this.text.split("(?<=\\s)"));
	}

	int tokens() {
		return Tokens.count(this.text) + ((this.tool != null) ? Tokens.count(this.tool) : 0);
	}

}
