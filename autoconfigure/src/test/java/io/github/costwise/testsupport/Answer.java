package io.github.costwise.testsupport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the loopback provider answers to one request, whatever the protocol. Immutable;
 * every method returns a changed copy.
 *
 * @since 0.1.0
 */
public final class Answer {

	private final Parts parts;

	private Answer(Parts parts) {
		this.parts = parts;
	}

	/**
	 * Returns an answer of the given text, streamed in one chunk.
	 * @param text the text
	 * @return the answer
	 */
	public static Answer text(String text) {
		return chunks(text);
	}

	/**
	 * Returns an answer whose text is streamed in the given chunks, and sent in one piece
	 * to a caller that does not stream.
	 * @param chunks the chunks
	 * @return the answer
	 */
	public static Answer chunks(String... chunks) {
		Parts parts = new Parts();
		parts.chunks.addAll(List.of(chunks));
		return new Answer(parts);
	}

	/**
	 * Returns an answer that asks for a tool.
	 * @param name the name of the tool
	 * @param arguments its arguments, a JSON object
	 * @return the answer
	 */
	public static Answer tool(String name, String arguments) {
		return chunks().andTool(name, arguments);
	}

	/**
	 * Returns an error.
	 * @param status the HTTP status
	 * @return the answer, with a body in the form of the provider
	 */
	public static Answer error(int status) {
		return chunks().with((parts) -> parts.status = status);
	}

	/**
	 * Adds a tool that is asked for.
	 * @param name the name of the tool
	 * @param arguments its arguments, a JSON object
	 * @return the changed answer
	 */
	public Answer andTool(String name, String arguments) {
		return with((parts) -> parts.toolCalls
			.add(new ToolCall("call_" + (parts.toolCalls.size() + 1), name, Json.object(arguments))));
	}

	/**
	 * Sets the usage, passed on verbatim in the place where the protocol has it.
	 * @param usage the provider's own usage object
	 * @return the changed answer
	 */
	public Answer usage(String usage) {
		return with((parts) -> parts.usage = Json.object(usage));
	}

	/**
	 * Leaves the usage out.
	 * @return the changed answer
	 */
	public Answer withoutUsage() {
		return with((parts) -> {
			parts.usage = null;
			parts.usageLeftOut = true;
		});
	}

	/**
	 * Sets the model that claims to have answered; without it, the one asked for.
	 * @param model the model
	 * @return the changed answer
	 */
	public Answer model(String model) {
		return with((parts) -> parts.model = model);
	}

	/**
	 * Sets the id of the response.
	 * @param id the id
	 * @return the changed answer
	 */
	public Answer id(String id) {
		return with((parts) -> parts.id = id);
	}

	/**
	 * Adds a response header.
	 * @param name the name
	 * @param value the value
	 * @return the changed answer
	 */
	public Answer header(String name, String value) {
		return with((parts) -> parts.headers.put(name, value));
	}

	/**
	 * Replaces the whole body, for example by something that is not JSON.
	 * @param body the body
	 * @return the changed answer
	 */
	public Answer body(String body) {
		return with((parts) -> parts.body = body);
	}

	/**
	 * Replaces what is streamed, chunk by chunk; without streaming, see {@link #body}.
	 * @param events the chunks as they are sent, their blank lines included
	 * @return the changed answer
	 */
	public Answer events(String... events) {
		return with((parts) -> parts.events = List.of(events));
	}

	/**
	 * Cuts the JSON of the body, or of the last chunk, in half.
	 * @return the changed answer
	 */
	public Answer malformed() {
		return with((parts) -> parts.malformed = true);
	}

	/**
	 * Makes something go wrong.
	 * @param fault what, and where
	 * @return the changed answer
	 */
	public Answer fault(Fault fault) {
		return with((parts) -> parts.fault = fault);
	}

	/**
	 * Holds back every chunk, and a body sent in one piece, until a permit is there.
	 * @param gate gives one permit per chunk
	 * @return the changed answer
	 */
	public Answer gate(Semaphore gate) {
		return with((parts) -> parts.gate = gate);
	}

	int status() {
		return this.parts.status;
	}

	List<String> textChunks() {
		return this.parts.chunks;
	}

	String text() {
		return String.join("", this.parts.chunks);
	}

	List<ToolCall> toolCalls() {
		return this.parts.toolCalls;
	}

	/**
	 * Returns the usage that is sent.
	 * @param example what to send when nothing was said about usage
	 * @return the usage, or {@code null} when it is left out
	 */
	@Nullable ObjectNode usageOr(String example) {
		if (this.parts.usageLeftOut) {
			return null;
		}
		ObjectNode usage = this.parts.usage;
		return (usage != null) ? usage.deepCopy() : Json.object(example);
	}

	String modelOr(String requested) {
		return (this.parts.model != null) ? this.parts.model : requested;
	}

	String id() {
		return this.parts.id;
	}

	Map<String, String> headers() {
		return this.parts.headers;
	}

	@Nullable String body() {
		return this.parts.body;
	}

	@Nullable List<String> events() {
		return this.parts.events;
	}

	boolean isMalformed() {
		return this.parts.malformed;
	}

	Fault fault() {
		return this.parts.fault;
	}

	@Nullable Semaphore gate() {
		return this.parts.gate;
	}

	private Answer with(Consumer<Parts> change) {
		Parts copy = this.parts.copy();
		change.accept(copy);
		return new Answer(copy);
	}

	record ToolCall(String id, String name, ObjectNode arguments) {

	}

	private static final class Parts {

		private int status = 200;

		private List<String> chunks = new ArrayList<>();

		private List<ToolCall> toolCalls = new ArrayList<>();

		private @Nullable ObjectNode usage;

		private boolean usageLeftOut;

		private @Nullable String model;

		private String id = "resp-1";

		private Map<String, String> headers = new LinkedHashMap<>();

		private @Nullable String body;

		private @Nullable List<String> events;

		private boolean malformed;

		private Fault fault = Fault.NONE;

		private @Nullable Semaphore gate;

		private Parts copy() {
			Parts copy = new Parts();
			copy.status = this.status;
			copy.chunks = new ArrayList<>(this.chunks);
			copy.toolCalls = new ArrayList<>(this.toolCalls);
			copy.usage = this.usage;
			copy.usageLeftOut = this.usageLeftOut;
			copy.model = this.model;
			copy.id = this.id;
			copy.headers = new LinkedHashMap<>(this.headers);
			copy.body = this.body;
			copy.events = this.events;
			copy.malformed = this.malformed;
			copy.fault = this.fault;
			copy.gate = this.gate;
			return copy;
		}

	}

}
