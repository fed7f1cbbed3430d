package io.github.costwise.model;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.CallRecord.CallTarget;
import io.github.costwise.text.Sha256;

/**
 * What an answer follows from, as far as an operator can change it: the version of the
 * prompt, the model that answered, and the version of the routing configuration that
 * chose it. Immutable and thread-safe.
 *
 * @param promptVersion version of the prompt, or {@code null}
 * @param provider billing provider
 * @param model the model that answered
 * @param routingVersion version of the routing configuration, or {@code null} when the
 * model was the client's own
 * @since 0.1.0
 */
public record Deployment(@Nullable String promptVersion, String provider, String model,
		@Nullable String routingVersion) {

	private static final int BYTES = 4;

	/**
	 * Returns the deployment that a call belongs to. A call that nobody answered belongs
	 * to the model that was asked.
	 * @param call the call
	 * @return the deployment
	 */
	public static Deployment of(CallRecord call) {
		CallTarget target = call.target();
		Versions versions = call.versions();
		return new Deployment(versions.prompt(), target.provider(), target.answeredModel(), versions.routing());
	}

	/**
	 * Returns what tells this deployment from others, the same in every process: a
	 * {@code d} and the first four bytes of a SHA-256 over the parts.
	 * @return nine characters
	 */
	public String id() {
		StringBuilder text = new StringBuilder(80);
		add(text, this.promptVersion);
		add(text, this.provider);
		add(text, this.model);
		add(text, this.routingVersion);
		return "d" + Sha256.of(text.toString(), BYTES);
	}

	/** Lengths keep parts apart, whatever they contain. */
	private static void add(StringBuilder text, @Nullable String part) {
		text.append((part != null) ? part.length() : -1).append(':').append((part != null) ? part : "");
	}

}
