package io.github.costwise.sample.demo;

import java.util.Arrays;
import java.util.Map;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Lets the simulated provider fail on request. */
@RestController
@Profile("demo")
class DemoController {

	private final DemoProvider provider;

	DemoController(DemoProvider provider) {
		this.provider = provider;
	}

	@PostMapping("/demo/faults/{name}")
	Map<String, Object> arm(@PathVariable String name, @RequestParam(defaultValue = "1") int times) {
		Fault fault = Arrays.stream(Fault.values())
			.filter((known) -> known.label().equals(name))
			.findFirst()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
		this.provider.faults().arm(fault, times);
		return Map.of("fault", fault.label(), "times", times);
	}

}
