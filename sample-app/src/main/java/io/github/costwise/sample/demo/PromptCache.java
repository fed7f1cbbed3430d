package io.github.costwise.sample.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The provider's prompt cache. As OpenAI does, it finds by itself the longest beginning
 * that a prompt shares with a recent one, from 1,024 tokens in steps of 128. As Anthropic
 * does, it keeps what the client marks, from 1,024 tokens. Thread-safe.
 */
final class PromptCache {

	private static final int MINIMUM = 1024;

	private static final int STEP = 128;

	private static final int CAPACITY = 64;

	private final Deque<String> recent = new ArrayDeque<>();

	/** Bills a prompt under automatic caching. */
	synchronized DemoUsage automatic(DemoRequest request, int output) {
		String prompt = request.model() + '\n' + request.prompt();
		int shared = this.recent.stream().mapToInt((other) -> Tokens.count(commonStart(prompt, other))).max().orElse(0);
		int cached = (shared >= MINIMUM) ? shared - shared % STEP : 0;
		remember(prompt);
		return new DemoUsage(Tokens.count(request.prompt()) - cached, cached, 0, output);
	}

	/** Bills a prompt whose client marks what is to be cached. */
	synchronized DemoUsage marked(DemoRequest request, int output) {
		int all = Tokens.count(request.prompt());
		Integer mark = request.cacheMark();
		String marked = (mark != null) ? request.prompt(mark) : "";
		int tokens = Tokens.count(marked);
		if (tokens < MINIMUM) {
			return new DemoUsage(all, 0, 0, output);
		}
		String key = request.model() + '\n' + marked;
		boolean known = this.recent.contains(key);
		remember(key);
		return new DemoUsage(all - tokens, known ? tokens : 0, known ? 0 : tokens, output);
	}

	private void remember(String prompt) {
		this.recent.remove(prompt);
		this.recent.addLast(prompt);
		if (this.recent.size() > CAPACITY) {
			this.recent.removeFirst();
		}
	}

	private static String commonStart(String one, String other) {
		int end = 0;
		int limit = Math.min(one.length(), other.length());
		while (end < limit && one.charAt(end) == other.charAt(end)) {
			end++;
		}
		return one.substring(0, end);
	}

}
