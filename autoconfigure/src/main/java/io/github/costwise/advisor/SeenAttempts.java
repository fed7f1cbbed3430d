package io.github.costwise.advisor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * Knows of which clients the HTTP attempts are seen before they are made. One that an
 * application makes by itself may not show them; the first of its calls that comes to its
 * end unseen tells. Thread-safe.
 */
final class SeenAttempts {

	private static final int MOST = 1000;

	private final Set<Class<?>> shown = ConcurrentHashMap.newKeySet();

	private final Set<String> unseen = ConcurrentHashMap.newKeySet();

	/** What tells clients with options of one class from each other. */
	static String client(ChatOptions options, @Nullable String server) {
		return options.getClass().getName() + ' ' + server + ' ' + options.getModel();
	}

	/** Records that a client with options of a class was made to show its attempts. */
	void show(Class<?> options) {
		this.shown.add(options);
	}

	/** Records that a call came to its end, and no attempt of it was seen. */
	void unseen(String client) {
		if (this.unseen.size() < MOST) {
			this.unseen.add(client);
		}
	}

	/** Whether every attempt of a client is seen, as far as that is known. */
	boolean areShown(ChatOptions options, String client) {
		return this.shown.contains(options.getClass()) && !this.unseen.contains(client) && this.unseen.size() < MOST;
	}

}
