package io.github.costwise.actuate;

import java.util.Map;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationArgumentResolver;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;

/**
 * All parameters of a request, also those that an operation does not name. Immutable.
 *
 * @param values a text for each name, or a list where it was given more than once
 * @since 0.1.0
 */
public record RequestParameters(Map<String, Object> values) {

	/**
	 * Returns what hands the parameters to operations of the {@code costs} endpoint.
	 * @return the advisor
	 */
	public static OperationInvokerAdvisor advisor() {
		return RequestParameters::advise;
	}

	private static OperationInvoker advise(EndpointId endpoint, OperationType type, OperationParameters parameters,
			OperationInvoker invoker) {
		boolean asks = endpoint.equals(EndpointId.of("costs"))
				&& parameters.stream().anyMatch((parameter) -> parameter.getType() == RequestParameters.class);
		return asks ? (context) -> invoker.invoke(withParameters(context)) : invoker;
	}

	private static InvocationContext withParameters(InvocationContext context) {
		Map<String, Object> values = context.getArguments();
		return new InvocationContext(SecurityContext.NONE, values,
				OperationArgumentResolver.of(RequestParameters.class, () -> new RequestParameters(values)));
	}

}
