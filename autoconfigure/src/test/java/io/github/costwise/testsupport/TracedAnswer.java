package io.github.costwise.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

import io.github.costwise.CacheMetadata;
import io.github.costwise.RouteMetadata;
import io.github.costwise.cache.response.CacheHit;

/**
 * What one caller is given: each chunk with its text, its finish reason and what Costwise
 * says of it. Ids and times stand as {@code *}; long texts and long streams are cut, with
 * a digest of what is left out. Thread-safe.
 */
final class TracedAnswer {

	private static final String OWN = "costwise.";

	private static final int LONGEST_TEXT = 80;

	private static final int MOST_CHUNKS = 24;

	/** Their values differ from run to run. */
	private static final Set<String> UNSTEADY = Set.of(CacheMetadata.HIT, CacheMetadata.ENTRY, CacheMetadata.AGE,
			RouteMetadata.TURN, RouteMetadata.VERSION);

	private final String kind;

	private final List<String> chunks = new ArrayList<>();

	private final StringBuilder text = new StringBuilder();

	private final Map<String, String> own = new TreeMap<>();

	private @Nullable String finish;

	private final AtomicBoolean ended = new AtomicBoolean();

	TracedAnswer(String kind) {
		this.kind = kind;
	}

	synchronized void take(ChatClientResponse response) {
		ChatResponse given = response.chatResponse();
		this.chunks.add(chunk(given));
		if (given != null) {
			given.getResults().forEach(this::take);
			this.own.putAll(own(given.getMetadata()));
		}
	}

	private void take(Generation result) {
		String more = result.getOutput().getText();
		this.text.append((more != null) ? more : "");
		String end = result.getMetadata().getFinishReason();
		this.finish = (end != null && !end.isEmpty()) ? end : this.finish;
	}

	void failed(Throwable error) {
		Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
		end(" failed by " + error.getClass().getSimpleName(), "failed by " + cause.getClass().getSimpleName() + " ");
	}

	/** Adds what was given to the trace, once. */
	void end(String how, String failed) {
		if (this.ended.compareAndSet(false, true)) {
			Trace.current().given(this.kind + how + text(), "given " + failed + whole());
		}
	}

	/** Of streams, the metadata of routes are in no chunk. */
	private synchronized String whole() {
		Map<String, String> both = new TreeMap<>(this.own);
		both.keySet().removeIf((key) -> !key.startsWith("cache."));
		return quoted(this.text.toString()) + " " + this.finish + shown(both);
	}

	private synchronized String text() {
		StringBuilder text = new StringBuilder();
		int shown = Math.min(this.chunks.size(), MOST_CHUNKS);
		this.chunks.subList(0, shown).forEach((chunk) -> text.append("\n\t| ").append(chunk));
		List<String> rest = this.chunks.subList(shown, this.chunks.size());
		if (!rest.isEmpty()) {
			text.append("\n\t| ").append(rest.size()).append(" more #").append(Integer.toHexString(rest.hashCode()));
		}
		return text.toString();
	}

	private static String chunk(@Nullable ChatResponse response) {
		if (response == null) {
			return "no response";
		}
		List<String> results = response.getResults().stream().map(TracedAnswer::result).toList();
		return String.join(" & ", results) + shown(own(response.getMetadata()));
	}

	private static String result(Generation result) {
		int tools = result.getOutput().getToolCalls().size();
		return quoted(result.getOutput().getText()) + " " + result.getMetadata().getFinishReason()
				+ ((tools > 0) ? " tools=" + tools : "");
	}

	private static String quoted(@Nullable String text) {
		if (text == null) {
			return "null";
		}
		String line = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
		return (line.length() <= LONGEST_TEXT) ? '"' + line + '"' : '"' + line.substring(0, LONGEST_TEXT) + "\" of "
				+ text.length() + " #" + Integer.toHexString(text.hashCode());
	}

	private static String shown(Map<String, String> own) {
		return own.isEmpty() ? "" : " " + own;
	}

	private static Map<String, String> own(ChatResponseMetadata metadata) {
		Map<String, String> own = new TreeMap<>();
		metadata.entrySet().stream().filter((entry) -> entry.getKey().startsWith(OWN)).forEach((entry) -> {
			Object value = entry.getValue();
			own.put(entry.getKey().substring(OWN.length()), UNSTEADY.contains(entry.getKey()) ? "*" : steady(value));
		});
		return own;
	}

	/** Whether an equal question finds its answer stored yet is left to chance. */
	private static String steady(Object value) {
		if (value instanceof Double number) {
			return String.format(Locale.ROOT, "%.3f", number);
		}
		boolean equal = value.equals(CacheHit.HitKind.EXACT.name()) || value.equals(CacheHit.HitKind.SHARED.name());
		return equal ? "EQUAL" : value.toString();
	}

}
