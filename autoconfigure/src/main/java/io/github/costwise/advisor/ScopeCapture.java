package io.github.costwise.advisor;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClientRequest;

import io.github.costwise.CostScope;
import io.github.costwise.OwnerPart;
import io.github.costwise.faults.Faults;
import io.github.costwise.pipeline.Caller;
import io.github.costwise.pipeline.RequestScope;
import io.github.costwise.spi.AttributionResolver;

/**
 * Finds the scope of a request. The thread that runs the advisors may not be the one that
 * made the request, so the managed client captures the scope and the caller when
 * {@code call()} or {@code stream()} is called, and hands them on as an advisor
 * parameter. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ScopeCapture {

	/** Advisor parameter that holds what the managed client captured. */
	static final String CAPTURED = "costwise.scope.captured";

	private final @Nullable AttributionResolver resolver;

	private final String name;

	private final Faults faults;

	/**
	 * Creates an instance.
	 * @param resolver knows the caller, or {@code null}
	 * @param name what the resolver is called in warnings
	 * @param faults counts what goes wrong
	 */
	public ScopeCapture(@Nullable AttributionResolver resolver, String name, Faults faults) {
		this.resolver = resolver;
		this.name = name;
		this.faults = faults;
	}

	/** What is known on this thread. Inside a turn, its caller is known already. */
	Captured capture() {
		CostScope scope = CostScope.current();
		return new Captured(scope, (scope != null && scope.isComplete()) ? null : ask());
	}

	/** What the client captured; else what is known on this thread. */
	Captured captured(ChatClientRequest request) {
		return (request.context().get(CAPTURED) instanceof Captured captured) ? captured : capture();
	}

	/**
	 * Finds the scope of a request.
	 * @param surrounding the scope of the Reactor context or thread that asks for the
	 * answer, or {@code null}
	 */
	@Nullable CostScope find(ChatClientRequest request, Captured captured, @Nullable CostScope surrounding) {
		CostScope explicit = (request.context().get(CostScope.PARAMETER) instanceof CostScope given) ? given : null;
		Caller caller = (captured.caller() != null) ? captured.caller() : Caller.NOT_ASKED;
		CostScope scope = new RequestScope(explicit, captured.scope(), surrounding).resolve(caller);
		if (scope != null) {
			warn(scope.owner().tenant());
			warn(scope.owner().user());
		}
		return scope;
	}

	private void warn(OwnerPart part) {
		if (part.problem() != null) {
			report(part.problem(), null);
		}
	}

	private Caller ask() {
		if (this.resolver == null) {
			return Caller.NOT_ASKED;
		}
		try {
			return Caller.of(this.resolver.resolve(), this.name);
		}
		catch (Throwable ex) {
			report(this.name + " failed", ex);
			return Caller.UNKNOWN;
		}
	}

	private void report(String problem, @Nullable Throwable cause) {
		this.faults.report(Faults.Kind.SCOPE, problem
				+ ": the model calls are accounted for without owner, and the response cache is bypassed (owner-unknown)",
				cause);
	}

	/**
	 * What is known where a request was made.
	 *
	 * @param scope the current scope, or {@code null}
	 * @param caller the caller, or {@code null} where the scope knows it
	 */
	record Captured(@Nullable CostScope scope, @Nullable Caller caller) {

	}

}
