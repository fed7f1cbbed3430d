package io.github.costwise.answer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AbstractMessage;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

import io.github.costwise.model.AnswerMode;
import io.github.costwise.model.ClientKind;
import io.github.costwise.model.PartKind;
import io.github.costwise.model.RecordedAnswer;
import io.github.costwise.model.RecordedChunk;
import io.github.costwise.model.RecordedEnd;
import io.github.costwise.model.RecordedHead;
import io.github.costwise.model.RecordedPart;

/**
 * Takes down an answer so that it can be given again: the response of a call, or the
 * chunks of a stream one after another. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class AnswerRecorder {

	private static final String OWN_FIELDS = "costwise.";

	private final AnswerMode mode;

	private final AnswerReader reader;

	private final RecordedRuns runs = new RecordedRuns();

	private ClientKind client = ClientKind.OTHER;

	private boolean repeatable = true;

	/**
	 * Creates a recorder that has seen nothing.
	 * @param mode how the answer was asked for
	 */
	public AnswerRecorder(AnswerMode mode) {
		this.mode = mode;
		this.reader = new AnswerReader(mode);
	}

	/**
	 * Takes down the answer to a call.
	 * @param response the response, or {@code null} for none
	 * @return the answer
	 */
	public static Recording of(@Nullable ChatResponse response) {
		AnswerRecorder recorder = new AnswerRecorder(AnswerMode.CALL);
		if (response != null) {
			recorder.see(response);
		}
		return recorder.recording();
	}

	/**
	 * Takes a response or a chunk.
	 * @param response what the client returned
	 */
	public void see(ChatResponse response) {
		this.reader.see(response);
		this.repeatable &= isTaken(response);
	}

	/** What a client returns against its own contract cannot be given back. */
	private boolean isTaken(ChatResponse response) {
		try {
			return !this.repeatable || take(response);
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	private boolean take(ChatResponse response) {
		if (this.client == ClientKind.OTHER) {
			this.client = ClientForms.of(response);
		}
		RecordedHead head = head(response.getMetadata());
		List<RecordedPart> parts = response.getResults().stream().map(this::part).filter(Objects::nonNull).toList();
		if (head == null || parts.size() < response.getResults().size()) {
			return false;
		}
		this.runs.add(new RecordedChunk(head, parts, false), this.client);
		return true;
	}

	private @Nullable RecordedHead head(ChatResponseMetadata metadata) {
		Map<String, Object> fields = new HashMap<>();
		metadata.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().startsWith(OWN_FIELDS)
					&& !ClientForms.isPadding(this.client, entry.getKey()))
			.forEach((entry) -> fields.put(entry.getKey(), entry.getValue()));
		String id = text(metadata.getId());
		String model = text(metadata.getModel());
		boolean held = FieldValues.areHeld(fields) && !metadata.getPromptMetadata().iterator().hasNext()
				&& FieldValues.isWellFormed(id) && FieldValues.isWellFormed(model);
		return held ? new RecordedHead(id, model, fields) : null;
	}

	private static String text(@Nullable String text) {
		return (text != null) ? text : "";
	}

	private @Nullable RecordedPart part(Generation generation) {
		AssistantMessage output = generation.getOutput();
		String text = output.getText();
		Map<String, Object> fields = new HashMap<>(output.getMetadata());
		fields.remove(AbstractMessage.MESSAGE_TYPE);
		boolean plain = MessageFields.isWhole(output) && !output.hasToolCalls() && output.getMedia().isEmpty()
				&& (text == null || FieldValues.isWellFormed(text));
		ChatGenerationMetadata metadata = generation.getMetadata();
		if (!plain || !FieldValues.areHeld(fields) || !metadata.getContentFilters().isEmpty()) {
			return null;
		}
		PartKind kind = MessageFields.isThought(output) ? PartKind.THOUGHT : PartKind.TEXT;
		if (metadata == ChatGenerationMetadata.NULL) {
			return new RecordedPart(kind, text, fields, null);
		}
		Map<String, Object> beside = new HashMap<>();
		metadata.entrySet().forEach((entry) -> beside.put(entry.getKey(), entry.getValue()));
		String reason = metadata.getFinishReason();
		return FieldValues.areHeld(beside) && FieldValues.isWellFormed(text(reason))
				? new RecordedPart(kind, text, fields, new RecordedEnd(reason, beside)) : null;
	}

	/**
	 * Returns what was taken down so far.
	 * @return the answer; it cannot be given again when there is none, or one with calls
	 * of tools, media, or values that could not be given back as they were
	 */
	public Recording recording() {
		List<RecordedChunk> chunks = this.repeatable ? this.runs.chunks() : List.of();
		return new Recording(this.reader.answer(),
				chunks.isEmpty() ? null : new RecordedAnswer(this.mode, this.client, chunks));
	}

}
