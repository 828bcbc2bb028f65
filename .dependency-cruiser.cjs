/** Who may import whom. Each comment tells the offender what to do instead. @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'ground-stands-alone',
      severity: 'error',
      comment:
        'What lies in ground/ serves every room and knows none: instants, points, unit paths, results, texts. Move what knows a domain word into its room.',
      from: { path: '^cloudfunctions/ground/' },
      to: { pathNot: '^cloudfunctions/ground/' },
    },
    {
      name: 'journal-stands-on-ground',
      severity: 'error',
      comment:
        'The journal serves whatever has a life and knows none of it. Tell it through a hook or a projector of the room.',
      from: { path: '^cloudfunctions/journal/' },
      to: { pathNot: '^cloudfunctions/(ground|journal)/' },
    },
    {
      name: 'platform-knows-no-room',
      severity: 'error',
      comment:
        'What lies in platform/ could serve another product. It may know the port it implements (contexts/<room>/ports.ts); pass it everything else.',
      from: { path: '^cloudfunctions/platform/' },
      to: {
        path: '^cloudfunctions/',
        pathNot: '^cloudfunctions/(platform/|journal/|ground/|contexts/[^/]+/ports\\.ts$)',
      },
    },
    {
      name: 'rules-decide-alone',
      severity: 'error',
      comment:
        'Rules are pure. Pass what they need as an argument: time as `now`, holidays as data, hashes as a function.',
      from: { path: '^cloudfunctions/contexts/[^/]+/(rules/|(access|take-step|tick|whose-step)\\.ts$)' },
      to: { pathNot: '^cloudfunctions/(contexts|journal/rules|ground)/' },
    },
    {
      name: 'steps-ask-no-port',
      severity: 'error',
      comment:
        'A step says what is sent, who may, why not and what it does, and reaches for nothing. What it must know of the world it asks of LookUps in its `prepare`; a use case answers.',
      from: { path: '^cloudfunctions/contexts/[^/]+/steps/' },
      to: {
        pathNot: [
          '^cloudfunctions/(ground|terms|journal/rules)/',
          '^cloudfunctions/contexts/[^/]+/((rules|steps)/|contract\\.ts$)',
          'node_modules/zod/',
        ],
      },
    },
    {
      name: 'rules-know-only-rules',
      severity: 'error',
      comment: "A room's rules are its ground floor. Move what they need out of steps or access into rules/.",
      from: { path: '^cloudfunctions/(contexts/[^/]+|journal)/rules/' },
      to: { pathNot: '^cloudfunctions/(contexts/[^/]+/rules|journal/rules|ground)/' },
    },
    {
      name: 'rooms-share-on-purpose',
      severity: 'error',
      comment:
        'Of another room one may know its contract.ts (and views.ts), ports.ts, words.ts, rules/ and what it keeps in shared/ for others. Ask for the port of what you need; what must happen here when something changes there follows from its events.',
      from: { path: '^cloudfunctions/contexts/([^/]+)/' },
      to: {
        path: '^cloudfunctions/contexts/',
        pathNot: [
          '^cloudfunctions/contexts/$1/',
          '^cloudfunctions/contexts/[^/]+/((rules|shared)/|(contract|views|ports|words)\\.ts$)',
        ],
      },
    },
    {
      name: 'only-stores-know-the-platform',
      severity: 'error',
      comment:
        'A use case asks for a port (ports.ts), not for who provides it. Queries stand in the store.ts of the room, what they are answered by in its indexes.ts; the entrypoints hand it over.',
      from: {
        path: '^cloudfunctions/contexts/',
        pathNot: '/([a-z-]*(store|documents|shapes)|indexes|chinese-calendar)\\.ts$',
      },
      to: { path: '^cloudfunctions/(platform/|contexts/[^/]+/[a-z-]*store\\.ts$)' },
    },
    {
      name: 'rooms-know-no-wiring',
      severity: 'error',
      comment:
        "A room knows its own contract.ts, not the whole; it is served, and does not serve. Take the types of actions from the room's contract.",
      from: { path: '^cloudfunctions/contexts/' },
      to: { path: '^cloudfunctions/(contract|entrypoints)/' },
    },
    {
      name: 'terms-know-no-room',
      severity: 'error',
      comment:
        'What lies in terms/ is what every contract is written in: checked fields, commands, queries. A field that knows a domain word belongs to the contract of its room.',
      from: { path: '^cloudfunctions/terms/' },
      to: { pathNot: ['^cloudfunctions/(ground|terms)/', 'node_modules/zod/'] },
    },
    {
      name: 'contracts-know-only-rules',
      severity: 'error',
      comment:
        'Contracts are borrowed by the client. Take enumerations from the rules and views from other contracts; leave look-ups to the use cases.',
      from: { path: '^cloudfunctions/(contract/|contexts/[^/]+/(contract|views)\\.ts$)' },
      to: {
        pathNot: [
          '^cloudfunctions/(ground|terms|contract)/',
          '^cloudfunctions/contexts/[^/]+/((rules|steps)/|(contract|views)\\.ts$)',
          'node_modules/zod/',
        ],
      },
    },
    {
      name: 'functions-know-no-client-and-no-local-platform',
      severity: 'error',
      comment: 'What is deployed must not reach for the client, the local platforms or the tests.',
      from: { path: '^cloudfunctions/' },
      to: { path: '^(client|local|tests|config)/' },
    },
    {
      name: 'only-the-platform-touches-the-sdk',
      severity: 'error',
      comment:
        'The SDK passes operators straight through and drops undefined filters. Ask the Store of platform/cloudbase/ with checked values.',
      from: { path: '^(cloudfunctions|client)/', pathNot: '^cloudfunctions/platform/cloudbase/' },
      to: { path: 'node_modules/@cloudbase/node-sdk' },
    },
    {
      name: 'entrypoints-only-wire',
      severity: 'error',
      comment:
        'An entrypoint serves the routes.ts of the rooms and hands them the stores, with the shapes of their documents, and one room the words.ts of another. Give what it needs besides a place in the shared/ of its room.',
      from: { path: '^cloudfunctions/entrypoints/' },
      to: {
        path: '^cloudfunctions/contexts/',
        pathNot:
          '^cloudfunctions/contexts/[^/]+/((routes|ports|projectors|words|[a-z-]*(store|shapes))\\.ts$|(rules|shared)/)',
      },
    },
    {
      name: 'client-borrows-only-contract-rules-and-ground',
      severity: 'error',
      comment:
        'The client may borrow the contract, the rules of the rooms and the ground. Everything else is behind a call.',
      from: { path: '^client/' },
      to: {
        path: ['^cloudfunctions/', '^(local|config|tests)/'],
        pathNot: [
          '^cloudfunctions/(contract|ground)/',
          '^cloudfunctions/contexts/[^/]+/((contract|views)\\.ts$|rules/)',
        ],
      },
    },
    {
      name: 'features-do-not-import-each-other',
      severity: 'error',
      comment:
        'A feature is one bounded context. Compose features in a page, or move what both need to components/.',
      from: { path: '^client/features/([^/]+)/' },
      to: { path: '^client/features/', pathNot: '^client/features/$1/' },
    },
    {
      name: 'components-know-no-domain-word',
      severity: 'error',
      comment: 'Components are told what to show. Take the domain word in a feature and pass text and tone.',
      from: { path: '^client/components/' },
      // The ground knows no domain word either: how a day is said, how typed text is counted and cleaned.
      to: {
        path: ['^client/(features|pages)/', '^cloudfunctions/'],
        pathNot: '^cloudfunctions/ground/',
      },
    },
    {
      name: 'services-are-the-only-doors-outward',
      severity: 'error',
      comment: 'Talk to the cloud through services/, so that one place knows the platform.',
      from: { path: '^client/', pathNot: '^client/services/' },
      to: { path: 'node_modules/@cloudbase/' },
    },
    {
      name: 'services-know-no-screen',
      severity: 'error',
      comment: 'A service serves every screen. Pass it what it needs.',
      from: { path: '^client/services/' },
      to: { path: '^client/(features|pages|components)/' },
    },
    {
      name: 'local-platforms-are-ignorant-of-the-product',
      severity: 'error',
      comment:
        'local/cloudbase and local/miniprogram could leave this repository as packages, with local/door. Give them what they need as options.',
      from: { path: '^local/(cloudbase|miniprogram|door)/' },
      to: { path: ['^(client|cloudfunctions|config|tests)/', '^local/(?!cloudbase/|miniprogram/|door/)'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or need a third.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-folder-circles',
      severity: 'error',
      comment:
        'Two folders that need each other, if only for a type, are one folder, or what both need lies below them.',
      scope: 'folder',
      from: { path: '^(cloudfunctions|local/(cloudbase|miniprogram))' },
      to: { circular: true },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      comment: 'This import leads nowhere. Install the package or mend the path.',
      from: {},
      to: { couldNotResolve: true, pathNot: ['\\?raw$'] },
    },
    {
      name: 'not-to-undeclared',
      severity: 'error',
      comment:
        'Declare the package in package.json: what works by accident of another package breaks with it.',
      from: { path: '^(client|cloudfunctions|local)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: [
        '.ts',
        '.tsx',
        '.js',
        '.mjs',
        '.cjs',
        '.json',
        '.h5.ts',
        '.h5.tsx',
        '.weapp.ts',
        '.weapp.tsx',
      ],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
