package io.github.costwise.model;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One generation as a client returned it. Immutable.
 *
 * @param kind {@link PartKind#TEXT} or {@link PartKind#THOUGHT}
 * @param text its text, or {@code null} where the client left it out
 * @param message the fields of the message by name
 * @param end what was said beside the message, or {@code null} for nothing
 * @since 0.1.0
 */
public record RecordedPart(PartKind kind, @Nullable String text, Map<String, Object> message,
		@Nullable RecordedEnd end) {

	/** Copies the fields. */
	public RecordedPart {
		message = Map.copyOf(message);
	}

	/**
	 * Returns this part with another text.
	 * @param text the text, or {@code null} for none
	 * @return the part
	 */
	public RecordedPart withText(@Nullable String text) {
		return new RecordedPart(this.kind, text, this.message, this.end);
	}

	/**
	 * Returns whether two parts differ by their text at the most.
	 * @param other another part
	 * @return whether they do
	 */
	public boolean isLike(RecordedPart other) {
		return this.kind == other.kind && this.message.equals(other.message)
				&& ((this.end != null) ? this.end.equals(other.end) : other.end == null);
	}

	/**
	 * Names the part without its text.
	 * @return the kind and length
	 */
	@Override
	public String toString() {
		return "RecordedPart[kind=" + this.kind + ", length=" + ((this.text != null) ? this.text.length() : 0) + "]";
	}

}
