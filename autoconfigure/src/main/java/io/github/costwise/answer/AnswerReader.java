package io.github.costwise.answer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

import io.github.costwise.model.AnswerMode;
import io.github.costwise.model.PartKind;

/**
 * Reads an answer out of what a client of Spring AI returned: the response of a call, or
 * the chunks of a stream one after another. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class AnswerReader {

	private final AnswerMode mode;

	private final List<Growing> parts = new ArrayList<>();

	private final Map<Integer, Ending> endings = new TreeMap<>();

	private final Map<Integer, Integer> thoughtLengths = new HashMap<>();

	private boolean cited;

	/**
	 * Creates a reader that has seen nothing.
	 * @param mode how the answer was asked for
	 */
	public AnswerReader(AnswerMode mode) {
		this.mode = mode;
	}

	/**
	 * Reads the answer to a call.
	 * @param response the response, or {@code null} for none
	 * @return the answer
	 */
	public static Answer of(@Nullable ChatResponse response) {
		AnswerReader reader = new AnswerReader(AnswerMode.CALL);
		if (response != null) {
			reader.see(response);
		}
		return reader.answer();
	}

	/**
	 * Takes a response or a chunk.
	 * @param response what the client returned
	 */
	public void see(ChatResponse response) {
		int unnumbered = 0;
		for (Generation generation : response.getResults()) {
			int choice = MessageFields.choice(generation.getOutput(), unnumbered);
			see(generation, choice);
			if (!MessageFields.isThought(generation.getOutput())) {
				unnumbered++;
			}
		}
		if (MessageFields.isCited(response.getMetadata())) {
			cite(0);
		}
	}

	private void see(Generation generation, int choice) {
		AssistantMessage output = generation.getOutput();
		if (MessageFields.isThought(output)) {
			add(PartKind.THOUGHT, choice, output.getText());
		}
		else {
			addText(PartKind.THOUGHT, choice, newThought(output, choice));
			addText(PartKind.TEXT, choice, output.getText());
			addText(PartKind.REFUSAL, choice, MessageFields.refusal(output));
		}
		output.getToolCalls().forEach((call) -> this.parts.add(new Growing(PartKind.TOOL_CALL, choice, call)));
		output.getMedia().forEach((medium) -> this.parts.add(new Growing(PartKind.MEDIA, choice, null)));
		if (MessageFields.isAnnotated(output)) {
			cite(choice);
		}
		end(choice, MessageFields.ending(generation, this.mode));
	}

	private @Nullable String newThought(AssistantMessage output, int choice) {
		String thought = MessageFields.thought(output);
		if (thought == null || this.mode == AnswerMode.CALL || !MessageFields.repeatsThought(output)) {
			return thought;
		}
		int known = this.thoughtLengths.getOrDefault(choice, 0);
		this.thoughtLengths.put(choice, Math.max(known, thought.length()));
		return (thought.length() > known) ? thought.substring(known) : null;
	}

	private void cite(int choice) {
		if (!this.cited) {
			this.cited = true;
			add(PartKind.CITATION, choice, null);
		}
	}

	private void addText(PartKind kind, int choice, @Nullable String text) {
		if (text != null && !text.isEmpty()) {
			add(kind, choice, text);
		}
	}

	private void add(PartKind kind, int choice, @Nullable String text) {
		Growing last = this.parts.isEmpty() ? null : this.parts.get(this.parts.size() - 1);
		if (last == null || last.kind != kind || last.choice != choice) {
			last = new Growing(kind, choice, null);
			this.parts.add(last);
		}
		if (text != null) {
			last.add(text);
		}
	}

	/** What comes later says more, unless it says nothing. */
	private void end(int choice, Ending ending) {
		this.endings.merge(choice, ending, (before, now) -> (now != Ending.UNMARKED) ? now : before);
	}

	/**
	 * Returns how the answer has ended so far.
	 * @return the ending; of several alternative answers, that of the least reliable
	 */
	public Ending ending() {
		Ending worst = null;
		for (Ending ending : this.endings.values()) {
			worst = (worst == null || ending.compareTo(worst) > 0) ? ending : worst;
		}
		return (worst != null) ? worst : Ending.UNMARKED;
	}

	/**
	 * Returns what was read so far.
	 * @return the answer
	 */
	public Answer answer() {
		List<AnswerPart> read = new ArrayList<>(this.parts.size());
		for (Growing part : this.parts) {
			read.add(part.part());
		}
		if (this.endings.size() > 1) {
			this.endings.keySet()
				.stream()
				.filter((choice) -> read.stream().noneMatch((part) -> part.choice() == choice))
				.forEach((choice) -> read.add(new AnswerPart(PartKind.TEXT, choice, "", null)));
		}
		return new Answer(read, ending());
	}

	private static final class Growing {

		private final PartKind kind;

		private final int choice;

		private final AssistantMessage.@Nullable ToolCall call;

		private String text = "";

		private @Nullable StringBuilder longer;

		private Growing(PartKind kind, int choice, AssistantMessage.@Nullable ToolCall call) {
			this.kind = kind;
			this.choice = choice;
			this.call = call;
		}

		/** Most answers to calls come in one piece, which is not copied. */
		private void add(String further) {
			if (this.longer != null) {
				this.longer.append(further);
			}
			else if (this.text.isEmpty()) {
				this.text = further;
			}
			else {
				this.longer = new StringBuilder(this.text).append(further);
			}
		}

		private AnswerPart part() {
			String whole = (this.longer != null) ? this.longer.toString() : this.text;
			return new AnswerPart(this.kind, this.choice, whole, this.call);
		}

	}

}
