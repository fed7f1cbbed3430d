package io.github.costwise.advisor;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.client.ChatClientRequest;

import io.github.costwise.Faults;
import io.github.costwise.accounting.Attribution;
import io.github.costwise.pipeline.AttributionResolver;
import io.github.costwise.pipeline.CostScope;

/**
 * Finds the scope of a request. The thread that runs the advisors may not be the one that
 * made the request, so the managed client captures the scope when {@code prompt()} is
 * called and hands it on as an advisor parameter. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ScopeCapture {

	/** Advisor parameter that holds the scope captured by the managed client. */
	static final String CAPTURED = "costwise.scope.captured";

	private final @Nullable AttributionResolver resolver;

	private final Faults faults;

	/**
	 * Creates an instance.
	 * @param resolver completes the attribution, or {@code null}
	 * @param faults counts what goes wrong
	 */
	public ScopeCapture(@Nullable AttributionResolver resolver, Faults faults) {
		this.resolver = resolver;
		this.faults = faults;
	}

	@Nullable CostScope capture() {
		return complete(CostScope.current());
	}

	@Nullable CostScope forCall(ChatClientRequest request) {
		CostScope explicit = parameter(request, CostScope.PARAMETER);
		if (explicit != null) {
			return complete(explicit.within(CostScope.current()));
		}
		CostScope onThread = CostScope.current();
		return (onThread != null) ? complete(onThread) : capturedOrResolved(request, null);
	}

	@Nullable CostScope forStream(ChatClientRequest request, ContextView context, @Nullable CostScope onThread) {
		CostScope explicit = parameter(request, CostScope.PARAMETER);
		if (explicit != null) {
			return explicit.within(onThread);
		}
		CostScope inContext = context.getOrDefault(CostScope.PARAMETER, null);
		return (inContext != null) ? inContext : capturedOrResolved(request, onThread);
	}

	private @Nullable CostScope capturedOrResolved(ChatClientRequest request, @Nullable CostScope onThread) {
		CostScope captured = parameter(request, CAPTURED);
		return (captured != null) ? captured : complete(onThread);
	}

	private static @Nullable CostScope parameter(ChatClientRequest request, String name) {
		return (request.context().get(name) instanceof CostScope scope) ? scope : null;
	}

	private @Nullable CostScope complete(@Nullable CostScope scope) {
		if (this.resolver == null) {
			return scope;
		}
		try {
			Attribution attribution = this.resolver.resolve();
			if (attribution == null) {
				return scope;
			}
			CostScope base = (scope != null) ? scope : CostScope.builder().build();
			return base.withDefaults(attribution);
		}
		catch (RuntimeException ex) {
			this.faults.report(Faults.Kind.SCOPE, ex);
			return scope;
		}
	}

}
