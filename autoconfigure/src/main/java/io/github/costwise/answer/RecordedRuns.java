package io.github.costwise.answer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.ClientKind;
import io.github.costwise.model.RecordedChunk;
import io.github.costwise.model.RecordedHead;
import io.github.costwise.model.RecordedPart;

/**
 * Joins chunks that differ by their text only, and drops those whose fields the next one
 * repeats. Not thread-safe.
 */
final class RecordedRuns {

	private final List<RecordedChunk> done = new ArrayList<>();

	private final StringBuilder text = new StringBuilder();

	private @Nullable RecordedChunk last;

	private boolean joined;

	void add(RecordedChunk chunk, ClientKind client) {
		if (this.last != null && !this.joined && saysAllOf(this.last, chunk, client)) {
			this.last = chunk;
			return;
		}
		if (this.last == null || !isRun(this.last, chunk, client)) {
			finish();
			this.last = chunk;
		}
		else {
			this.joined = true;
		}
		this.text.append(text(chunk));
	}

	/** Whether a chunk without text holds what the one before it does, which has none. */
	private static boolean saysAllOf(RecordedChunk last, RecordedChunk next, ClientKind client) {
		if (last.parts().size() != 1 || next.parts().size() != 1 || !last.head().equals(next.head())) {
			return false;
		}
		RecordedPart before = last.parts().get(0);
		RecordedPart now = next.parts().get(0);
		return text(last).isEmpty() && Objects.equals(before.text(), now.text())
				&& now.isLike(ClientForms.grown(client, before, now));
	}

	private static boolean isRun(RecordedChunk last, RecordedChunk next, ClientKind client) {
		if (last.parts().size() != 1 || next.parts().size() != 1) {
			return false;
		}
		RecordedPart before = last.parts().get(0);
		RecordedPart now = next.parts().get(0);
		return before.text() != null && now.text() != null && before.isLike(now)
				&& isLike(last.head(), next.head(), client);
	}

	private static boolean isLike(RecordedHead head, RecordedHead other, ClientKind client) {
		return head.id().equals(other.id()) && head.model().equals(other.model())
				&& steady(head, client).equals(steady(other, client));
	}

	private static Map<String, Object> steady(RecordedHead head, ClientKind client) {
		Map<String, Object> fields = head.fields();
		String moment = ClientForms.momentField(client);
		if (moment != null && fields.containsKey(moment)) {
			fields = new HashMap<>(fields);
			fields.remove(moment);
		}
		return fields;
	}

	private static String text(RecordedChunk chunk) {
		String text = (chunk.parts().size() == 1) ? chunk.parts().get(0).text() : null;
		return (text != null) ? text : "";
	}

	private void finish() {
		if (this.last != null) {
			this.done.add(
					this.joined
							? new RecordedChunk(this.last.head(),
									List.of(this.last.parts().get(0).withText(this.text.toString())), true)
							: this.last);
		}
		this.text.setLength(0);
		this.joined = false;
		this.last = null;
	}

	List<RecordedChunk> chunks() {
		finish();
		return List.copyOf(this.done);
	}

}
