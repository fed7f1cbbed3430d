package io.github.costwise.advisor;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;

/**
 * Remembers texts about chat models, told by the objects themselves and not by what they
 * say of being equal. Keeps no model alive. An application has few; of one that makes
 * more, only some are remembered. Thread-safe.
 */
final class KnownModels {

	private static final int MOST = 64;

	private volatile List<KnownModel> all = List.of();

	@Nullable String get(TerminalModel terminal) {
		List<KnownModel> known = this.all;
		for (int i = 0; i < known.size(); i++) {
			KnownModel one = known.get(i);
			if (one.streamed() == terminal.streamed() && one.model().refersTo(terminal.model())) {
				return one.text();
			}
		}
		return null;
	}

	synchronized void put(TerminalModel terminal, String text) {
		List<KnownModel> now = new ArrayList<>(this.all);
		now.removeIf((one) -> one.model().refersTo(null));
		if (now.size() < MOST) {
			now.add(new KnownModel(new WeakReference<>(terminal.model()), terminal.streamed(), text));
		}
		this.all = List.copyOf(now);
	}

	private record KnownModel(WeakReference<ChatModel> model, boolean streamed, String text) {

	}

}
