package io.github.costwise.accounting.wire;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.github.costwise.accounting.wire.Skimmed.UsagePlace;

/**
 * What one body says of usage, put together from all the places where it says it. Usages
 * of one stream are cumulative: the last one counts, field by field, so that what only
 * the first event tells is kept. Thread-safe: one thread may read on while another asks.
 *
 * @since 0.1.0
 */
public final class WireUsage {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {
	};

	private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);

	private final Map<String, byte[]> texts = new HashMap<>();

	private final UsageMerge answer = new UsageMerge();

	private final UsageMerge aside = new UsageMerge();

	private boolean anthropic;

	private boolean whole;

	private boolean ended;

	private boolean unreadable;

	Skimmed skimmed() {
		return new Findings();
	}

	private synchronized void add(@Nullable Map<String, Object> body, UsagePlace place) {
		if (body == null) {
			this.unreadable = true;
			return;
		}
		this.anthropic |= place == UsagePlace.START;
		this.whole |= place == UsagePlace.ANSWER;
		boolean room = ((place == UsagePlace.ASIDE) ? this.aside : this.answer).add(body);
		this.unreadable |= !room;
	}

	/** Every chunk of a stream repeats most of them. */
	private synchronized void add(String name, KeptBytes text) {
		byte[] before = this.texts.get(name);
		if (before == null || !text.isSame(before)) {
			this.texts.put(name, text.copy());
			this.anthropic |= name.equals("type") && text.isSame(MESSAGE);
		}
	}

	private @Nullable String text(String name) {
		byte[] text = this.texts.get(name);
		return (text != null) ? new String(text, StandardCharsets.UTF_8) : null;
	}

	/** Records that nothing of the body is missing. */
	public synchronized void ended() {
		this.ended = true;
	}

	/** Records that the body could not be read on. */
	public synchronized void lost() {
		this.unreadable = true;
	}

	/**
	 * Returns what was read so far.
	 * @return the reading, or {@code null} when no usage was seen, or that of something
	 * else than an answer
	 */
	public synchronized @Nullable WireReading reading() {
		boolean fromAnswer = !this.answer.isEmpty();
		Map<String, Object> body = (fromAnswer ? this.answer : this.aside).body();
		if (body.isEmpty() || "list".equals(text("object"))) {
			return null;
		}
		for (String name : new String[] { "service_tier", "speed", "inference_geo" }) {
			String beside = text(name);
			if (beside != null) {
				body.putIfAbsent(name, beside);
			}
		}
		boolean settled = this.anthropic ? this.whole : this.ended;
		return new WireReading(body, text("id"), text("model"), this.anthropic, settled, !this.unreadable);
	}

	private static @Nullable Map<String, Object> parse(KeptBytes json) {
		try {
			return JSON.readValue(json.bytes(), 0, json.length(), OBJECT);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/** What a skim finds. */
	private final class Findings implements Skimmed {

		@Override
		public void usage(KeptBytes json, UsagePlace place) {
			add(parse(json), place);
		}

		@Override
		public void text(String name, KeptBytes text) {
			add(name, text);
		}

		@Override
		public void tooLong() {
			lost();
		}

	}

}
