/**
 * Node's test runner gives its processes options of the inspector, from which workerpool concludes that each of its own is to
 * open a debugger's port. To be imported by tests that import letters.
 */
process.execArgv = process.execArgv.filter((option) => !option.startsWith('--inspect'));
